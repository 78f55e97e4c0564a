using VGIntegration.Feedback.Advising;

namespace VGIntegration.Feedback.Reading;

/// <summary>What both pages of the resident show: the one on a professional's screen and the one behind the personal link.</summary>
internal interface IReadAdvice
{
    Advice Advice { get; }
    HeldConversation? Conversation { get; }
    AnswerForm Form { get; }

    /// <summary>Where the answer goes.</summary>
    string Answer { get; }

    /// <summary>Where the resident's copy is.</summary>
    string Copy { get; }
}
