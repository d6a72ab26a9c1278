import CallingRules
import CampaignStore
import Campaigns

/// A time that was agreed for a callback, as people type it.
enum CallbackOption {
    /// Reads `2026-11-25 15:30` (the contact's own clock) or an instant of ISO 8601.
    static func read(_ text: String?) throws -> CallbackTime? {
        guard let text else { return nil }
        if let time = CallbackTime(text) { return time }
        throw CommandFailure(
            "--callback takes a time on the contact's clock such as “2026-11-25 15:30”, or an instant such as 2026-11-25T20:30:00Z, not “\(text)”."
        )
    }

    /// A callback needs no time, but a time needs a callback.
    static func check(_ callback: CallbackTime?, for disposition: Disposition) throws {
        let isCallback = [.callbackAgent, .callbackAny].contains(disposition.dispositionClass)
        if callback != nil, !isCallback {
            throw CommandFailure(
                "“\(disposition.label)” is no callback (its class is \(disposition.dispositionClass.rawValue)); leave out --callback."
            )
        }
    }
}

extension Campaign {
    /// The disposition with a code, capitals ignored.
    ///
    /// - Throws: `CommandFailure`, with all that there are.
    func disposition(coded code: String) throws -> Disposition {
        if let found = dispositions.first(where: { $0.code.lowercased() == code.lowercased() }) { return found }
        let known = dispositions.map { "\($0.code) (\($0.label))" }.joined(separator: ", ")
        throw CommandFailure("Campaign \(name) has no disposition “\(code)”; it has \(known.isEmpty ? "none" : known).")
    }
}
