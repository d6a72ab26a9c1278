import HTTPTypes
import CampaignStore
import Campaigns
import Foundation
import Supervision
import Synchronization

/// A file that a manager sent, and what is being done with it.
final class Upload: Sendable {
    /// Where it stands.
    enum State: Sendable {
        case resting
        /// Other lists are loaded first.
        case waiting
        case running(FileProgress)
        case done(UploadOutcome)
        case failed(String)
    }

    /// The upload was taken away while it was worked on.
    struct Cancelled: Error {}

    let id: String
    let owner: UserID
    /// As its sender's computer calls it.
    let name: String
    let file: URL
    let at: Instant
    private let current = Mutex<(state: State, isCancelled: Bool)>((.resting, false))

    init(id: String, owner: UserID, name: String, file: URL, at: Instant) {
        self.id = id
        self.owner = owner
        self.name = name
        self.file = file
        self.at = at
    }

    var state: State { current.withLock { $0.state } }

    var isBusy: Bool {
        switch state {
        case .waiting, .running: true
        case .resting, .done, .failed: false
        }
    }

    /// The file's length.
    var bytes: Int64 {
        ((try? FileManager.default.attributesOfItem(atPath: file.path))?[.size] as? NSNumber)?.int64Value ?? 0
    }

    /// Where the rows go that are no contacts.
    var quarantine: URL { file.appendingPathExtension("quarantine") }

    /// The file as lists are read.
    func listFile() throws -> ListFile { try ListFile(file.path, name: name) }

    /// - Throws: ``Problem`` 409 where it is being worked on.
    func wait() throws {
        try current.withLock { current in
            switch current.state {
            case .waiting, .running:
                throw Problem(.conflict, "The file is being read already; wait for its end.", code: "busy")
            case .resting, .done, .failed: current.state = .waiting
            }
        }
    }

    /// - Throws: ``Cancelled``.
    func note(_ progress: FileProgress) throws {
        try current.withLock { current in
            guard !current.isCancelled else { throw Cancelled() }
            current.state = .running(progress)
        }
    }

    func run(_ work: () throws -> UploadOutcome, telling: (any Error) -> String) {
        do {
            try note(FileProgress())
            let outcome = try work()
            current.withLock { $0.state = .done(outcome) }
        } catch {
            let sentence = telling(error)
            current.withLock { $0.state = .failed(sentence) }
        }
    }

    func cancel() {
        current.withLock { $0.isCancelled = true }
    }

    func removeFiles() {
        for url in [file, quarantine] { try? FileManager.default.removeItem(at: url) }
    }
}

/// What came of working on an upload.
enum UploadOutcome: Sendable {
    /// A dry run, or an import with its number.
    case list(ImportCounts, DuplicateKinds, importID: Int64?, LookView)
    case suppressions(SuppressionFileResult)
}
