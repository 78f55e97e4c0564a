namespace VGIntegration.ReferralIntake.Tests.Practices;

/// <summary>Who may go through which door: what is agreed, beside what the routes say. A new route needs a line here.</summary>
internal static class Doors
{
    private static readonly string[] Manager = ["manager"];

    internal static readonly Dictionary<string, Door> Agreed = new()
    {
        ["GET /fhir/metadata"] = new Door.Open(),
        ["GET /fhir/.well-known/smart-configuration"] = new Door.Open(),
        ["GET /.well-known/smart-configuration"] = new Door.Open(),
        ["GET /fhir/openapi.json"] = new Door.Open(),
        ["GET /fhir/docs/{documentName?}"] = new Door.Open(),
        ["GET /fhir/docs/favicon.svg"] = new Door.Open(),
        ["GET /fhir/docs/scalar.aspnetcore.js"] = new Door.Open(),
        ["GET /fhir/docs/scalar.js"] = new Door.Open(),
        ["POST /fhir/"] = new Door.Practice("ServiceRequest", 'c'),
        ["POST /fhir/ServiceRequest"] = new Door.Practice("ServiceRequest", 'c'),
        ["POST /fhir/$process-message"] = new Door.Practice("ServiceRequest", 'c'),
        ["POST /fhir/Bundle"] = new Door.Practice("ServiceRequest", 'c'),
        ["POST /fhir/ServiceRequest/$validate"] = new Door.Practice("ServiceRequest", 'c'),
        ["GET /fhir/ServiceRequest"] = new Door.Practice("ServiceRequest", 's'),
        ["POST /fhir/ServiceRequest/_search"] = new Door.Practice("ServiceRequest", 's'),
        ["GET /fhir/ServiceRequest/{id}"] = new Door.Practice("ServiceRequest", 'r'),
        ["GET /fhir/ServiceRequest/{id}/_history"] = new Door.Practice("ServiceRequest", 'r'),
        ["GET /fhir/ServiceRequest/{id}/_history/{vid}"] = new Door.Practice("ServiceRequest", 'r'),
        ["PUT /fhir/ServiceRequest/{id}"] = new Door.Practice("ServiceRequest", 'u'),
        ["PATCH /fhir/ServiceRequest/{id}"] = new Door.Practice("ServiceRequest", 'u'),
        ["GET /fhir/Task"] = new Door.Practice("Task", 's'),
        ["POST /fhir/Task/_search"] = new Door.Practice("Task", 's'),
        ["POST /fhir/Task"] = new Door.Practice("Task", 'c'),
        ["GET /fhir/Task/{id}"] = new Door.Practice("Task", 'r'),
        ["GET /fhir/Task/{id}/_history"] = new Door.Practice("Task", 'r'),
        ["GET /fhir/Task/{id}/_history/{vid}"] = new Door.Practice("Task", 'r'),
        ["POST /fhir/DocumentReference"] = new Door.Practice("DocumentReference", 'c'),
        ["GET /fhir/DocumentReference"] = new Door.Practice("DocumentReference", 's'),
        ["POST /fhir/DocumentReference/_search"] = new Door.Practice("DocumentReference", 's'),
        ["GET /fhir/DocumentReference/{id}"] = new Door.Practice("DocumentReference", 'r'),
        ["POST /fhir/Binary"] = new Door.Practice("Binary", 'c'),
        ["GET /fhir/Binary/{id}"] = new Door.Practice("Binary", 'r'),
        ["POST /fhir/Subscription"] = new Door.Practice("Subscription", 'c'),
        ["GET /fhir/Subscription"] = new Door.Practice("Subscription", 's'),
        ["POST /fhir/Subscription/_search"] = new Door.Practice("Subscription", 's'),
        ["GET /fhir/Subscription/$status"] = new Door.Practice("Subscription", 's'),
        ["GET /fhir/Subscription/{id}"] = new Door.Practice("Subscription", 'r'),
        ["GET /fhir/Subscription/{id}/$status"] = new Door.Practice("Subscription", 'r'),
        ["GET /fhir/Subscription/{id}/$events"] = new Door.Practice("Subscription", 'r'),
        ["PUT /fhir/Subscription/{id}"] = new Door.Practice("Subscription", 'u'),
        ["DELETE /fhir/Subscription/{id}"] = new Door.Practice("Subscription", 'd'),
        ["GET /internal/tasks/{id:guid}"] = new Door.Service("referral.recipient"),
        ["GET /internal/subscriptions/{id:guid}/notification"] = new Door.Service("referral.recipient"),
        ["GET /internal/referrals/{id:guid}/contact"] = new Door.Service("referral.contact"),
        ["GET /internal/referrals/{id:guid}/question"] = new Door.Service("referral.attachment"),
        ["GET /internal/referrals/{id:guid}/recipient"] = new Door.Service("referral.recipient"),
        ["GET /internal/referrals/{id:guid}/research-contact"] = new Door.Service("referral.research"),
        ["GET /internal/referrals/{id:guid}/sharing/"] = new Door.Service("referral.attachment"),
        ["PUT /internal/referrals/{id:guid}/sharing/"] = new Door.Service("referral.attachment"),
        ["GET /internal/referrals/{id:guid}/attachments/"] = new Door.Service("referral.attachment"),
        ["GET /internal/referrals/{id:guid}/attachments/{attachmentId:guid}"] = new Door.Service("referral.attachment"),
        ["ANY /practices"] = new Door.Person(Manager),
        ["ANY /practices/{id}"] = new Door.Person(Manager),
        ["ANY /practices/{id:guid}/switch-off"] = new Door.Person(Manager),
        ["ANY /practices/keeping"] = new Door.Person(Manager),
        ["ANY /practices/keeping/residents"] = new Door.Person(Manager),
        ["ANY /practices/keeping/residents/{id:guid}"] = new Door.Person(Manager),
        ["ANY /practices/keeping/residents/{id:guid}/remove"] = new Door.Person(Manager),
        ["ANY /practices/keeping/removed/{id:guid}"] = new Door.Person(Manager),
        ["POST /practices/log-out"] = new Door.Person(["planner", "professional", "manager", "auditor"]),
        ["ANY /practices/no-access"] = new Door.Shown(403),
        ["ANY /practices/logged-out"] = new Door.Open(),
        ["ANY /practices/error/{status:int?}"] = new Door.Shown(500),
        ["GET /practices/theme.css"] = new Door.Open(),
        ["GET /practices/theme.js"] = new Door.Open(),
        ["POST /connect/token"] = new Door.Open(),
        ["GET /connect/authorize"] = new Door.Open(),
        ["POST /connect/authorize"] = new Door.Open(),
        ["GET /connect/log-out"] = new Door.Open(),
        ["POST /connect/log-out"] = new Door.Open(),
        ["ANY /connect/log-in"] = new Door.Open(),
        ["ANY /health/live"] = new Door.Open(),
        ["ANY /health/ready"] = new Door.Open(),
    };
}

/// <summary>Who may go through a door.</summary>
internal abstract record Door
{
    /// <summary>Everybody, without a token or log-in.</summary>
    internal sealed record Open : Door;

    /// <summary>Everybody, and all it does is tell this status.</summary>
    internal sealed record Shown(int Status) : Door;

    /// <summary>Connected practices whose token allows the interaction on the type.</summary>
    internal sealed record Practice(string Type, char Interaction) : Door;

    /// <summary>Our own services with this scope.</summary>
    internal sealed record Service(string Scope) : Door;

    /// <summary>People with one of these roles.</summary>
    internal sealed record Person(string[] Roles) : Door;
}
