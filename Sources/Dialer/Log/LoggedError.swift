import CallingRules
import CampaignStore
import Foundation
import GrandstreamCTI

/// An error as a log may tell it.
///
/// Texts of errors quote what people typed, what a phone answered, and names: only those that hold a file, a device or a fault
/// are told whole. Of all others a log tells the kind.
public enum LoggedError {
    /// The text for a log line.
    public static func text(_ error: any Error) -> String {
        switch error {
        case let error as StoreError: text(error)
        case let error as CTIError: text(error)
        case let error as MissingPack: "\(error)"
        case is CancellationError: "canceled"
        case let error as DecodingError: text(error)
        default: CampaignStore.logText(of: error) ?? "\(String(reflecting: type(of: error))) \((error as NSError).code)"
        }
    }

    private static func text(_ error: StoreError) -> String {
        switch error {
        case .cannotOpen, .unavailable, .newerVersion, .olderVersion, .upgradeBlocked, .noDatabase, .engineRunning,
            .keyUnusable,
            .passcodeMissing:
            error.description
        case .notFound(let what, _, _): "There is no such \(what)."
        case .changedMeanwhile(let what, _): "Somebody changed the \(what) meanwhile."
        case .erased: "The number's holder was erased."
        case .refused: "The database's state does not allow the step."
        case .callbackRefused: "No callback can be agreed for the time."
        }
    }

    /// The phone's own words may hold a number, or the name of whoever calls.
    private static func text(_ error: CTIError) -> String {
        "\(error.phone), \(error.command): \(error.kind.rawValue)"
    }

    private static func text(_ error: DecodingError) -> String {
        let (kind, context): (String, DecodingError.Context?) =
            switch error {
            case .typeMismatch(_, let context): ("a value of another type", context)
            case .valueNotFound(_, let context): ("no value", context)
            case .keyNotFound(_, let context): ("a key missing", context)
            case .dataCorrupted(let context): ("an unreadable value", context)
            @unknown default: ("unreadable data", nil)
            }
        return "\(kind) at depth \(context?.codingPath.count ?? 0)"
    }
}

extension CommandResult {
    /// Its kind, without the phone's words.
    var kind: String {
        switch self {
        case .accepted: "accepted"
        case .refused: "refused"
        case .doubtful: "an error in an answer of success"
        case .authentication: "passcode refused"
        case .notSent: "not sent"
        case .shortage: "not sent for want of descriptors or memory"
        case .uncertain: "no clear answer"
        }
    }
}
