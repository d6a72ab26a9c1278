/// A call operation of a GXP phone (guide, chapter "Phone Operations Functions").
public enum PhoneOperation: String, Sendable, Hashable, Codable, CaseIterable {
    /// End an established call.
    case endcall
    /// Put the established call on hold; firmware seen in the field resumes a held one.
    case holdcall
    /// Accept an incoming call.
    case acceptcall
    /// Reject an incoming call.
    case rejectcall
    /// Reject or cancel calls; refused once the far end has answered.
    case cancel
}
