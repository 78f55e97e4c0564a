using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Persistence;

namespace VGIntegration.Planning.Journey;

internal sealed class ReferralJourneyMapping : IEntityTypeConfiguration<ReferralJourney>
{
    public void Configure(EntityTypeBuilder<ReferralJourney> builder)
    {
        builder.ToTable("Journeys");
        builder.HasKey(j => j.ReferralId);
        builder.Property(j => j.ReferralId).ValueGeneratedNever();
        builder.Property(j => j.Code).HasMaxLength(9);
        builder.Property(j => j.Planner).HasMaxLength(200);
        builder.Property(j => j.Missing).HasMaxLength(200);
        builder.Property(j => j.Revision).IsConcurrencyToken();
        builder.Property(j => j.PostcodeDigits).HasMaxLength(4);
        builder.Property(j => j.Language).HasMaxLength(20);
        builder.Property(j => j.Criteria).HasMaxLength(300);
        builder.Property(j => j.Undeliverable).HasMaxLength(20);
        builder.Property(j => j.ClosedBecause).HasMaxLength(40);
        builder.Property(j => j.WhatHelps).HasMaxLength(60);
        builder.Property(j => j.Declined).HasMaxLength(2_000);
        builder.Property(j => j.Said).HasMaxLength(4_000).HasConversion(
            said => JsonSerializer.Serialize(said, JsonSerializerOptions.Default), text => JsonSerializer.Deserialize<ResidentWishes>(text, JsonSerializerOptions.Default)!);
        builder.Ignore(j => j.Wishes);
        builder.Property(j => j.FactsSequence).IsConcurrencyToken();
        builder.Property(j => j.Told).IsConcurrencyToken();
        builder.Property(j => j.Stage).IsConcurrencyToken();
        // The work list reads its page from this index alone, however many are open.
        builder.HasIndex(j => new { j.IsOpen, j.IsUrgent, j.ReceivedAt, j.ReferralId }).IsDescending(false, true, false, false);
        builder.HasIndex(j => j.Stage);
        builder.Property<DateTimeOffset>(PlanningDbContext.ChangedAt);
        builder.HasIndex(PlanningDbContext.ChangedAt);
        builder.HasIndex(j => j.Code);
        builder.OwnsMany(j => j.Steps, step =>
        {
            step.ToTable("JourneySteps");
            step.WithOwner().HasForeignKey("ReferralId");
            step.HasKey("ReferralId", nameof(JourneyStep.Number));
            step.Property(s => s.Number).ValueGeneratedNever();
            step.Property(s => s.By).HasMaxLength(200);
            step.Property(s => s.Note).HasMaxLength(1_000);
            step.HasIndex(s => s.OccurredAt);
        });
        builder.Navigation(j => j.Steps).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}
