namespace VGIntegration.Feedback.Advising;

/// <summary>Somebody asked for what the rules of an advice or its delivery forbid.</summary>
internal sealed class RuleBrokenException(string rule) : Exception(rule);
