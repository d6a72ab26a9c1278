import Campaigns
import GRDB

/// What can go wrong with the database, each as a sentence that a person can act on.
public enum StoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file cannot be opened or is no database.
    case cannotOpen(path: String, detail: String)
    /// The database takes no writes now; the same write may succeed once that is mended.
    case unavailable(path: String, StoreFault)
    /// A newer Offhook wrote the database.
    case newerVersion(path: String)
    /// An older Offhook wrote the database, and a command that only reads does not upgrade it.
    case olderVersion(path: String)
    /// An older Offhook wrote the database, and an engine runs on it.
    case upgradeBlocked(path: String)
    /// The file is empty or missing, or holds tables of another program; nothing in it was changed.
    case noDatabase(path: String, isForeign: Bool)
    /// Nothing of that name is stored.
    case notFound(what: String, name: String, hint: String)
    /// The stored state does not allow the step.
    case refused(String)
    /// No callback can be agreed for the time; the sentence says why, and which time is allowed.
    case callbackRefused(String)
    /// The step would let an erased person come back, and nobody said that this is meant; the number, as E.164.
    case erased(number: String)
    /// Somebody else changed it since it was read.
    case changedMeanwhile(what: String, name: String)
    /// Another engine holds the database.
    case engineRunning(path: String)
    /// The key file cannot be used.
    case keyUnusable(path: String, detail: String)
    /// A passcode reference leads nowhere.
    case passcodeMissing(device: String, detail: String)

    /// The sentence.
    public var description: String {
        switch self {
        case .cannotOpen(let path, let detail):
            "The database \(path) cannot be opened: \(detail). Check the path and its permissions, or name another with --db."
        case .unavailable(let path, let fault): "The database \(path) \(fault.sentence)"
        case .newerVersion(let path):
            "The database \(path) was written by a newer version of Offhook; upgrade this program, or name another with --db."
        case .olderVersion(let path):
            "The database \(path) was written by an older version of Offhook, and this command only reads. Back it up with "
                + "offhook backup FILE, then run: offhook upgrade"
        case .upgradeBlocked(let path):
            "The database \(path) was written by an older version of Offhook, which is dialing from it now. Stop that one, then run "
                + "this again: the database is upgraded first."
        case .noDatabase(let path, false):
            "The file \(path) holds no Offhook database, not even an empty one; check the path, name another with --db, or put "
                + "the newest back-up in its place: offhook restore FILE. A new one is made by: offhook phones apply, offhook campaign apply."
        case .noDatabase(let path, true):
            "The file \(path) is another program's database, and stays as it is; name another with --db."
        case .notFound(let what, let name, let hint):
            "There is no \(what) “\(name)”\(hint.isEmpty ? "." : hint.hasSuffix("?") ? hint : "; \(hint).")"
        case .refused(let sentence), .callbackRefused(let sentence): sentence
        case .erased(let number):
            "The holder of \(number) asked to be erased. Without this entry the next list that has the number stores the person again, "
                + "name and all, and they are called."
        case .changedMeanwhile(let what, let name):
            "Somebody changed the \(what) “\(name)” meanwhile; look at it again and repeat your change."
        case .engineRunning(let path):
            "Another Offhook is dialing from the database \(path); stop it first, or name another with --db."
        case .keyUnusable(let path, let detail):
            "The key file \(path) cannot be used: \(detail). Passcodes sealed with it cannot be read without it; "
                + "restore it from a backup, or apply phones.yaml again with env or file passcodes."
        case .passcodeMissing(let device, let detail):
            "The passcode of phone “\(device)” is not there: \(detail)."
        }
    }
}

extension StoreError {
    /// The sentence for whoever is not at this computer: it names no path.
    public var withoutPath: String {
        switch self {
        case .cannotOpen(let path, _), .unavailable(let path, _), .newerVersion(let path), .olderVersion(let path),
            .upgradeBlocked(let path), .noDatabase(let path, _), .engineRunning(let path), .keyUnusable(let path, _):
            path.isEmpty ? description : description.replacing(" \(path)", with: "")
        case .passcodeMissing(let device, let detail):
            // Of the file that phones.yaml names its name stays.
            StoreError.passcodeMissing(
                device: device,
                detail: detail.split(separator: " ").map { word in
                    word.hasPrefix("/") ? word.split(separator: "/").last ?? "" : word
                }.joined(separator: " ")
            ).description
        case .notFound, .refused, .callbackRefused, .erased, .changedMeanwhile: description
        }
    }

    /// What SQLite says when a database is opened.
    static func opening(_ path: String, _ error: DatabaseError) -> StoreError {
        if let fault = StoreFault(error), fault != .cannotOpen { return .unavailable(path: path, fault) }
        return .cannotOpen(path: path, detail: error.message ?? "SQLite error \(error.resultCode.rawValue)")
    }
}
