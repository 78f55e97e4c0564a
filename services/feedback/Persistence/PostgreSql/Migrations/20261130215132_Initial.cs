using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace VGIntegration.Feedback.Persistence.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Advices",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ReferralId = table.Column<Guid>(type: "uuid", nullable: false),
                    ConversationId = table.Column<Guid>(type: "uuid", nullable: false),
                    StartsAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    EndsAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    MentalHealth_ProfessionalId = table.Column<Guid>(type: "uuid", nullable: false),
                    MentalHealth_Login = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    MentalHealth_SignedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    SocialDomain_ProfessionalId = table.Column<Guid>(type: "uuid", nullable: false),
                    SocialDomain_Login = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    SocialDomain_SignedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ContactId = table.Column<Guid>(type: "uuid", nullable: true),
                    Edition = table.Column<int>(type: "integer", nullable: false),
                    Correction = table.Column<string>(type: "text", nullable: true),
                    ChangedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    FinalAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    Proposed_Care = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Proposed_Reason = table.Column<string>(type: "text", nullable: false),
                    Resident_AnsweredAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Resident_AnsweredBy = table.Column<string>(type: "text", nullable: true),
                    Resident_DisagreesOn = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    Resident_Opinion = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    Resident_SharesWithGp = table.Column<bool>(type: "boolean", nullable: true),
                    Resident_Words = table.Column<string>(type: "text", nullable: false),
                    Text_Agreements = table.Column<string>(type: "text", nullable: false),
                    Text_BasicCare = table.Column<string>(type: "text", nullable: false),
                    Text_Bridging = table.Column<string>(type: "text", nullable: false),
                    Text_GeneralPractitioner = table.Column<string>(type: "text", nullable: false),
                    Text_Network = table.Column<string>(type: "text", nullable: false),
                    Text_Self = table.Column<string>(type: "text", nullable: false),
                    Text_Situation = table.Column<string>(type: "text", nullable: false),
                    Text_SocialDomain = table.Column<string>(type: "text", nullable: false),
                    Text_SpecialisedCare = table.Column<string>(type: "text", nullable: false),
                    Text_Strengths = table.Column<string>(type: "text", nullable: false),
                    Text_Wishes = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Advices", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Audit",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    RecordedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Action = table.Column<string>(type: "character varying(1)", maxLength: 1, nullable: false),
                    Who = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    OnBehalfOf = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    What = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Why = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Audit", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ClaimExports",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Payer = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    From = table.Column<DateOnly>(type: "date", nullable: false),
                    Until = table.Column<DateOnly>(type: "date", nullable: false),
                    OrganisationId = table.Column<Guid>(type: "uuid", nullable: true),
                    IsAgain = table.Column<bool>(type: "boolean", nullable: false),
                    MadeBy = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    MadeAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClaimExports", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ClaimLines",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    OriginId = table.Column<Guid>(type: "uuid", nullable: false),
                    ConversationId = table.Column<Guid>(type: "uuid", nullable: false),
                    ReferralId = table.Column<Guid>(type: "uuid", nullable: false),
                    ConversationNumber = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    HeldOn = table.Column<DateOnly>(type: "date", nullable: false),
                    Payer = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    ProfessionalId = table.Column<Guid>(type: "uuid", nullable: false),
                    OrganisationId = table.Column<Guid>(type: "uuid", nullable: true),
                    ProfessionCode = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    Count = table.Column<int>(type: "integer", nullable: false),
                    Reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    RecordedBy = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    RecordedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClaimLines", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CleanUpRuns",
                columns: table => new
                {
                    Night = table.Column<DateOnly>(type: "date", nullable: false),
                    Kind = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    StartedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    FinishedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Removed = table.Column<int>(type: "integer", nullable: false),
                    UpTo = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Failure = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CleanUpRuns", x => new { x.Kind, x.Night });
                });

            migrationBuilder.CreateTable(
                name: "DataProtectionKeys",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    FriendlyName = table.Column<string>(type: "text", nullable: true),
                    Xml = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DataProtectionKeys", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Deliveries",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Key = table.Column<string>(type: "character varying(150)", maxLength: 150, nullable: false),
                    AdviceId = table.Column<Guid>(type: "uuid", nullable: true),
                    ReferralId = table.Column<Guid>(type: "uuid", nullable: true),
                    SubjectId = table.Column<Guid>(type: "uuid", nullable: true),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    LetterId = table.Column<Guid>(type: "uuid", nullable: true),
                    EventNumber = table.Column<long>(type: "bigint", nullable: true),
                    RequestId = table.Column<Guid>(type: "uuid", nullable: false),
                    PracticeId = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    PracticeName = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    Lane = table.Column<string>(type: "character varying(150)", maxLength: 150, nullable: true),
                    State = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    LastHindrance = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    LastStatus = table.Column<int>(type: "integer", nullable: true),
                    IsOutcomeUnknown = table.Column<bool>(type: "boolean", nullable: false),
                    DoubtfulAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    WaitingSince = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    NextAttemptAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    LeasedUntil = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    LeasedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    IsWarned = table.Column<bool>(type: "boolean", nullable: false),
                    DeliveredAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    DocumentReferenceId = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    Sequence = table.Column<int>(type: "integer", nullable: false),
                    TraceParent = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    IsRepetition = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Deliveries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ErasedReferrals",
                columns: table => new
                {
                    ReferralId = table.Column<Guid>(type: "uuid", nullable: false),
                    ErasedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ErasedReferrals", x => x.ReferralId);
                });

            migrationBuilder.CreateTable(
                name: "Inbox",
                columns: table => new
                {
                    MessageId = table.Column<Guid>(type: "uuid", nullable: false),
                    Consumer = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    ConsumedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Inbox", x => new { x.MessageId, x.Consumer });
                });

            migrationBuilder.CreateTable(
                name: "LetterHandOvers",
                columns: table => new
                {
                    DeliveryId = table.Column<Guid>(type: "uuid", nullable: false),
                    MailedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    MailedBy = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    HandedOverAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    HandedOverBy = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LetterHandOvers", x => x.DeliveryId);
                });

            migrationBuilder.CreateTable(
                name: "MonitoringForms",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ConversationId = table.Column<Guid>(type: "uuid", nullable: false),
                    ConversationOn = table.Column<DateOnly>(type: "date", nullable: false),
                    Turn = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    ResidentExperience = table.Column<int>(type: "integer", nullable: true),
                    ResidentHelpfulness = table.Column<int>(type: "integer", nullable: true),
                    MentalHealthExperience = table.Column<int>(type: "integer", nullable: true),
                    SocialDomainExperience = table.Column<int>(type: "integer", nullable: true),
                    SentAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Position = table.Column<int>(type: "integer", nullable: true),
                    TurnVersion = table.Column<int>(type: "integer", nullable: false),
                    DuoVersion = table.Column<int>(type: "integer", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    Duo_Company = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Duo_Learned = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    Duo_NextSteps = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Duo_Place = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    Duo_Setting = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MonitoringForms", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Outbox",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    MessageType = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    Body = table.Column<string>(type: "text", nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    NotBefore = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    LeasedUntil = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    LeasedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    ParkedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LastFailure = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    TraceParent = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Outbox", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ReadingLinks",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    AdviceId = table.Column<Guid>(type: "uuid", nullable: false),
                    TokenHash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ExpiresAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    RevokedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReadingLinks", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Research",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ReferralId = table.Column<Guid>(type: "uuid", nullable: false),
                    ConversationOn = table.Column<DateOnly>(type: "date", nullable: false),
                    AskedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    AskedBy = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    TextVersion = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    IsWilling = table.Column<bool>(type: "boolean", nullable: false),
                    WithdrawnAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    HandedOverAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Research", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SentLetters",
                columns: table => new
                {
                    DeliveryId = table.Column<Guid>(type: "uuid", nullable: false),
                    Content = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SentLetters", x => x.DeliveryId);
                });

            migrationBuilder.CreateTable(
                name: "AdviceEditions",
                columns: table => new
                {
                    AdviceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    ContactId = table.Column<Guid>(type: "uuid", nullable: true),
                    MentalHealthSignedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    SocialDomainSignedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Correction = table.Column<string>(type: "text", nullable: true),
                    WrittenAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    FinalAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    RetractedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Proposed_Care = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Proposed_Reason = table.Column<string>(type: "text", nullable: false),
                    Resident_AnsweredAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Resident_AnsweredBy = table.Column<string>(type: "text", nullable: true),
                    Resident_DisagreesOn = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    Resident_Opinion = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    Resident_SharesWithGp = table.Column<bool>(type: "boolean", nullable: true),
                    Resident_Words = table.Column<string>(type: "text", nullable: false),
                    Text_Agreements = table.Column<string>(type: "text", nullable: false),
                    Text_BasicCare = table.Column<string>(type: "text", nullable: false),
                    Text_Bridging = table.Column<string>(type: "text", nullable: false),
                    Text_GeneralPractitioner = table.Column<string>(type: "text", nullable: false),
                    Text_Network = table.Column<string>(type: "text", nullable: false),
                    Text_Self = table.Column<string>(type: "text", nullable: false),
                    Text_Situation = table.Column<string>(type: "text", nullable: false),
                    Text_SocialDomain = table.Column<string>(type: "text", nullable: false),
                    Text_SpecialisedCare = table.Column<string>(type: "text", nullable: false),
                    Text_Strengths = table.Column<string>(type: "text", nullable: false),
                    Text_Wishes = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AdviceEditions", x => new { x.AdviceId, x.Number });
                    table.ForeignKey(
                        name: "FK_AdviceEditions_Advices_AdviceId",
                        column: x => x.AdviceId,
                        principalTable: "Advices",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ClaimExportLines",
                columns: table => new
                {
                    RunId = table.Column<Guid>(type: "uuid", nullable: false),
                    LineId = table.Column<Guid>(type: "uuid", nullable: false),
                    Turn = table.Column<int>(type: "integer", nullable: false),
                    Count = table.Column<int>(type: "integer", nullable: false),
                    Code = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    Tariff = table.Column<decimal>(type: "numeric(10,2)", precision: 10, scale: 2, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClaimExportLines", x => new { x.RunId, x.LineId });
                    table.ForeignKey(
                        name: "FK_ClaimExportLines_ClaimExports_RunId",
                        column: x => x.RunId,
                        principalTable: "ClaimExports",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ClaimExportLines_ClaimLines_LineId",
                        column: x => x.LineId,
                        principalTable: "ClaimLines",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "DeliveryAttempts",
                columns: table => new
                {
                    DeliveryId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Milliseconds = table.Column<int>(type: "integer", nullable: false),
                    Hindrance = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    Status = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeliveryAttempts", x => new { x.DeliveryId, x.Number });
                    table.ForeignKey(
                        name: "FK_DeliveryAttempts_Deliveries_DeliveryId",
                        column: x => x.DeliveryId,
                        principalTable: "Deliveries",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "MonitoringCorrections",
                columns: table => new
                {
                    Number = table.Column<int>(type: "integer", nullable: false),
                    FormId = table.Column<Guid>(type: "uuid", nullable: false),
                    By = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MonitoringCorrections", x => new { x.FormId, x.Number });
                    table.ForeignKey(
                        name: "FK_MonitoringCorrections_MonitoringForms_FormId",
                        column: x => x.FormId,
                        principalTable: "MonitoringForms",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ResearchQuestionnaires",
                columns: table => new
                {
                    Moment = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    ParticipationId = table.Column<Guid>(type: "uuid", nullable: false),
                    DueOn = table.Column<DateOnly>(type: "date", nullable: false),
                    DoneOn = table.Column<DateOnly>(type: "date", nullable: true),
                    PaidOn = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ResearchQuestionnaires", x => new { x.ParticipationId, x.Moment });
                    table.ForeignKey(
                        name: "FK_ResearchQuestionnaires_Research_ParticipationId",
                        column: x => x.ParticipationId,
                        principalTable: "Research",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Advices_MentalHealth_Login",
                table: "Advices",
                column: "MentalHealth_Login");

            migrationBuilder.CreateIndex(
                name: "IX_Advices_ReferralId",
                table: "Advices",
                column: "ReferralId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Advices_SocialDomain_Login",
                table: "Advices",
                column: "SocialDomain_Login");

            migrationBuilder.CreateIndex(
                name: "IX_Audit_RecordedAt",
                table: "Audit",
                column: "RecordedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Audit_What",
                table: "Audit",
                column: "What");

            migrationBuilder.CreateIndex(
                name: "IX_ClaimExportLines_LineId_Turn",
                table: "ClaimExportLines",
                columns: new[] { "LineId", "Turn" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ClaimExports_Number",
                table: "ClaimExports",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ClaimLines_ConversationId",
                table: "ClaimLines",
                column: "ConversationId");

            migrationBuilder.CreateIndex(
                name: "IX_ClaimLines_HeldOn",
                table: "ClaimLines",
                column: "HeldOn");

            migrationBuilder.CreateIndex(
                name: "IX_ClaimLines_OriginId_Kind_Payer",
                table: "ClaimLines",
                columns: new[] { "OriginId", "Kind", "Payer" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CleanUpRuns_Night",
                table: "CleanUpRuns",
                column: "Night");

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_AdviceId",
                table: "Deliveries",
                column: "AdviceId");

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_Key",
                table: "Deliveries",
                column: "Key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_Lane_State",
                table: "Deliveries",
                columns: new[] { "Lane", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_PracticeId_State",
                table: "Deliveries",
                columns: new[] { "PracticeId", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_ReferralId",
                table: "Deliveries",
                column: "ReferralId");

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_State_NextAttemptAt",
                table: "Deliveries",
                columns: new[] { "State", "NextAttemptAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_SubjectId_State_Number",
                table: "Deliveries",
                columns: new[] { "SubjectId", "State", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_Inbox_ConsumedAt",
                table: "Inbox",
                column: "ConsumedAt");

            migrationBuilder.CreateIndex(
                name: "IX_LetterHandOvers_HandedOverAt",
                table: "LetterHandOvers",
                column: "HandedOverAt");

            migrationBuilder.CreateIndex(
                name: "IX_MonitoringForms_ConversationId",
                table: "MonitoringForms",
                column: "ConversationId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_MonitoringForms_ConversationOn",
                table: "MonitoringForms",
                column: "ConversationOn");

            migrationBuilder.CreateIndex(
                name: "IX_MonitoringForms_Position",
                table: "MonitoringForms",
                column: "Position",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_CreatedAt",
                table: "Outbox",
                column: "CreatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_ReadingLinks_AdviceId",
                table: "ReadingLinks",
                column: "AdviceId");

            migrationBuilder.CreateIndex(
                name: "IX_ReadingLinks_ExpiresAt",
                table: "ReadingLinks",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_ReadingLinks_TokenHash",
                table: "ReadingLinks",
                column: "TokenHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Research_ReferralId",
                table: "Research",
                column: "ReferralId",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AdviceEditions");

            migrationBuilder.DropTable(
                name: "Audit");

            migrationBuilder.DropTable(
                name: "ClaimExportLines");

            migrationBuilder.DropTable(
                name: "CleanUpRuns");

            migrationBuilder.DropTable(
                name: "DataProtectionKeys");

            migrationBuilder.DropTable(
                name: "DeliveryAttempts");

            migrationBuilder.DropTable(
                name: "ErasedReferrals");

            migrationBuilder.DropTable(
                name: "Inbox");

            migrationBuilder.DropTable(
                name: "LetterHandOvers");

            migrationBuilder.DropTable(
                name: "MonitoringCorrections");

            migrationBuilder.DropTable(
                name: "Outbox");

            migrationBuilder.DropTable(
                name: "ReadingLinks");

            migrationBuilder.DropTable(
                name: "ResearchQuestionnaires");

            migrationBuilder.DropTable(
                name: "SentLetters");

            migrationBuilder.DropTable(
                name: "Advices");

            migrationBuilder.DropTable(
                name: "ClaimExports");

            migrationBuilder.DropTable(
                name: "ClaimLines");

            migrationBuilder.DropTable(
                name: "Deliveries");

            migrationBuilder.DropTable(
                name: "MonitoringForms");

            migrationBuilder.DropTable(
                name: "Research");
        }
    }
}
