import Foundation

/// The private folder in which a rehearsal has its copy of the database; it goes with the rehearsal.
///
/// It holds people's data: only its owner reads it. What a rehearsal that was killed left behind is removed by the next one.
final class RehearsalFolder: Sendable {
    private static let beginning = "offhook-rehearsal-"

    let path: String
    /// Locked as long as the rehearsal lives, by the operating system.
    private let descriptor: Int32

    /// Makes a folder, and removes those of rehearsals that are dead.
    ///
    /// - Parameter place: where; TMPDIR, else /tmp, unless said otherwise.
    /// - Throws: `CommandFailure` where it cannot be made.
    init(in place: URL = FileManager.default.temporaryDirectory) throws {
        Self.removeForsaken(in: place)
        let template = place.appendingPathComponent(Self.beginning + "XXXXXX").path
        var bytes = Array(template.utf8CString)
        // Made with mode 0700, under a name that nobody could have made before.
        guard mkdtemp(&bytes) != nil else {
            throw CommandFailure(
                "No folder for the copy of the database can be made in \(place.path): \(String(cString: strerror(errno))). Set TMPDIR to "
                    + "a folder that you may write.")
        }
        path = String(decoding: bytes.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        flock(descriptor, LOCK_EX | LOCK_NB)
    }

    /// Where the copy is.
    var database: String { path + "/rehearsal.db" }

    /// Removes the folder with all that is in it; once is enough.
    func remove() { try? FileManager.default.removeItem(atPath: path) }

    deinit {
        remove()
        close(descriptor)
    }

    private static func removeForsaken(in place: URL) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
        for name in names where name.hasPrefix(beginning) {
            let path = place.appendingPathComponent(name).path
            var status = stat()
            guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid() else {
                continue
            }
            // One that was made a moment ago is about to be locked.
            guard time(nil) - status.st_mtim.tv_sec > 60 else { continue }
            let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            guard descriptor >= 0 else { continue }
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { try? FileManager.default.removeItem(atPath: path) }
            close(descriptor)
        }
    }
}
