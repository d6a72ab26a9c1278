import Foundation
import NIOConcurrencyHelpers

/// What really happened, entry by entry: in memory, and in a file of JSON lines where one is named.
final class TruthLog: Sendable {
    private struct State {
        var entries: [TruthEntry] = []
        var file: FileHandle?
        var encoder = JSONEncoder()
        var failure: String?
    }

    /// Entries kept in memory; the oldest half is forgotten when it is full. The file keeps all.
    private static let capacity = 400_000

    private let location: URL?
    private let keepsCallsOnly: Bool
    private let state = NIOLockedValueBox(State())

    init(file: URL?, keepsCallsOnly: Bool = false) {
        location = file
        self.keepsCallsOnly = keepsCallsOnly
        state.withLockedValue { $0.encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes] }
    }

    /// Opens the file, if one is named and it is not open yet. An existing file is continued.
    func open() throws(PhoneSimulatorError) {
        guard let location else { return }
        let failure: String? = state.withLockedValue { state in
            guard state.file == nil else { return nil }
            do {
                if !FileManager.default.fileExists(atPath: location.path) { try Data().write(to: location) }
                let handle = try FileHandle(forWritingTo: location)
                try handle.seekToEnd()
                state.file = handle
                return nil
            } catch {
                return error.localizedDescription
            }
        }
        if let failure { throw .truthLog(file: location.path, reason: failure) }
    }

    func append(_ entry: TruthEntry) {
        if keepsCallsOnly, entry.event == .request || entry.event == .line { return }
        state.withLockedValue { state in
            if state.entries.count >= Self.capacity { state.entries.removeFirst(Self.capacity / 2) }
            state.entries.append(entry)
            guard let file = state.file else { return }
            do {
                var line = try state.encoder.encode(entry)
                line.append(UInt8(ascii: "\n"))
                try file.write(contentsOf: line)
            } catch {
                // A full disk must not stop the phones; the memory keeps the truth, and `failure` tells.
                state.failure = error.localizedDescription
                state.file = nil
            }
        }
    }

    var entries: [TruthEntry] {
        state.withLockedValue { $0.entries }
    }

    /// Why the file ends early; nil while all is well.
    var failure: PhoneSimulatorError? {
        guard let location, let reason = state.withLockedValue({ $0.failure }) else { return nil }
        return .truthLog(file: location.path, reason: reason)
    }

    /// Closes the file; entries are still kept in memory.
    func close() {
        state.withLockedValue { state in
            // Every write went straight to the system, so a failing close loses nothing.
            try? state.file?.close()
            state.file = nil
        }
    }
}
