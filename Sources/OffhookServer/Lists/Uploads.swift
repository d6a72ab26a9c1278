import HTTPTypes
import CampaignStore
import Campaigns
import Foundation
import Supervision
import Synchronization

/// Files that managers sent, until they were imported or nobody wants them any more.
public final class Uploads: Sendable {
    /// An upload that nobody touches goes after so long.
    private let length = Mutex<Duration>(RetentionKind.uploads.standard)
    /// Uploads of one person that are kept; the oldest that rests goes for a new one.
    static let mostAPerson = 5

    private let folder: URL
    private let uploads = Mutex<[String: Upload]>([:])
    /// Lists are loaded one after the other, of each person in turn: the database takes one at a time.
    private let queue = FairQueue("lists", threads: 1, mostOfOne: Uploads.mostAPerson, most: 100)

    private let isFolderOurs = Mutex(false)

    /// Uploads in a folder of their own; what an earlier run left there goes with the first upload, not before: a second
    /// server that is refused the database must not take the files of the one that runs.
    init(folder: String) {
        self.folder = URL(fileURLWithPath: folder, isDirectory: true)
    }

    private func claimFolder() {
        isFolderOurs.withLock { isOurs in
            if !isOurs { try? FileManager.default.removeItem(at: folder) }
            isOurs = true
        }
    }

    /// A new upload, its file empty and for our eyes only.
    ///
    /// - Throws: `SupervisionError` where the file cannot be made.
    func begin(_ name: String, of owner: UserID, at now: Instant) throws -> Upload {
        claimFolder()
        makeRoom(for: owner, at: now)
        let id = SecretText.random()
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let file = folder.appendingPathComponent(id)
        guard
            FileManager.default.createFile(
                atPath: file.path, contents: nil, attributes: [.posixPermissions: 0o600])
        else { throw SupervisionError("The file cannot be kept; is the server's disk full?") }
        return Upload(id: id, owner: owner, name: Self.cleaned(name), file: file, at: now)
    }

    /// An upload is whole.
    func keep(_ upload: Upload) {
        uploads.withLock { $0[upload.id] = upload }
    }

    /// A person's upload.
    ///
    /// - Throws: ``Problem`` 404.
    func upload(_ id: String, of owner: UserID) throws -> Upload {
        guard let upload = uploads.withLock({ $0[id] }), upload.owner == owner else {
            throw Problem(
                .notFound, "The file is not here any more; send it again.", code: "not_found")
        }
        return upload
    }

    /// Forgets an upload; what runs with it is ended, and stores nothing.
    func remove(_ upload: Upload) {
        upload.cancel()
        uploads.withLock { $0[upload.id] = nil }
        upload.removeFiles()
    }

    /// Works on an upload beside the server, behind the work that waits already.
    ///
    /// - Parameter telling: what an error that ends the work says to its owner.
    /// - Throws: ``Problem`` 409 where it is being worked on, 503 where too much waits.
    func work(
        on upload: Upload, telling: @escaping @Sendable (any Error) -> String,
        _ work: @escaping @Sendable () throws -> UploadOutcome
    ) throws {
        try upload.wait()
        do {
            try queue.add(of: "user \(upload.owner.value)") { upload.run(work, telling: telling) }
        } catch {
            upload.run({ throw Problem(error) }, telling: telling)
            throw Problem(error)
        }
    }

    /// Takes away what rests for too long, and what an earlier run left.
    ///
    /// - Parameter length: how long an upload may rest.
    func sweep(keeping length: Duration, at now: Instant) {
        self.length.withLock { $0 = length }
        claimFolder()
        for upload in uploads.withLock({ Array($0.values) }) where !upload.isBusy && now.since(upload.at) >= length {
            remove(upload)
        }
    }

    private func makeRoom(for owner: UserID, at now: Instant) {
        let resting = uploads.withLock { uploads in
            uploads.values.filter { !$0.isBusy }.sorted { $0.at < $1.at }
        }
        let length = length.withLock { $0 }
        let old = resting.filter { now.since($0.at) >= length }
        let own = resting.filter { $0.owner == owner }
        for upload in old + own.prefix(max(0, own.count - Self.mostAPerson + 1)) { remove(upload) }
    }

    /// A file's name without folders, controls and quotes; it is shown, and never a path of ours.
    private static func cleaned(_ name: String) -> String {
        let last = name.split(whereSeparator: { "/\\".contains($0) }).last.map(String.init) ?? ""
        let shown = last.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7f && $0 != "\"" }
        return shown.isEmpty ? "list.csv" : String(String.UnicodeScalarView(shown.prefix(200)))
    }
}
