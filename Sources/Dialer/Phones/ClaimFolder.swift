import Foundation

/// Where engines of this computer say which phones they drive, so that no two drive one.
///
/// All engines must find each other, whoever runs them; so there is one folder for the computer, `/run/offhook`, which the package or
/// root makes. Where there is none, each user has one, and engines of different users do not see each other.
public final class ClaimFolder: Sendable {
    /// Who finds the claims in a folder.
    public enum Sharing: Sendable, Hashable {
        /// Every user of the computer.
        case everybody
        /// The users of the folder's group.
        case group
        /// One user, and root.
        case user

        /// The mode of a claim's file: just what the others need to see that it is held.
        var fileMode: mode_t {
            switch self {
            case .everybody: 0o644
            case .group: 0o640
            case .user: 0o600
            }
        }
    }

    /// Where folders for claims are looked for.
    public struct Places: Sendable {
        /// The folder of the computer.
        var system: String
        /// What a user's own folder is made in; it must not depend on how the user logged in.
        var temporary: String
        var user: uid_t

        /// Places of a test; see ``standard``.
        init(system: String, temporary: String, user: uid_t) {
            self.system = system
            self.temporary = temporary
            self.user = user
        }

        /// Those of this computer. A folder of a log-in session (XDG_RUNTIME_DIR) would not do: it goes with the session, and an engine
        /// that was started without one would not find it.
        public static var standard: Places { Places(system: "/run/offhook", temporary: "/tmp", user: geteuid()) }
    }

    public let path: String
    public let sharing: Sharing
    let user: uid_t
    /// All work goes through it: the folder that was checked is the one that is used.
    let descriptor: Int32

    private init(path: String, sharing: Sharing, user: uid_t, descriptor: Int32) {
        self.path = path
        self.sharing = sharing
        self.user = user
        self.descriptor = descriptor
        // What clears temporary files up leaves a folder alone that is locked.
        flock(descriptor, LOCK_SH | LOCK_NB)
    }

    deinit {
        close(descriptor)
    }

    /// What is worth knowing of it, a sentence.
    public var notice: String {
        switch sharing {
        case .everybody: "Phones are claimed in \(path), which all users of this computer share."
        case .group: "Phones are claimed in \(path); engines of users outside of its group are not seen."
        case .user:
            "Phones are claimed in \(path): an engine of another user of this computer is not seen. Have root make /run/offhook (docs/serving.md) where several users run engines."
        }
    }

    /// Opens the folder that holds here: OFFHOOK_CLAIMS, else the computer's, else the user's own. Root makes the computer's where it is
    /// missing.
    ///
    /// - Throws: ``ClaimFailure`` where the folder is not to be trusted; then nobody can say which phones are driven.
    public static func open(_ environment: [String: String], places: Places = .standard) throws -> ClaimFolder {
        if let own = environment["OFFHOOK_CLAIMS"], !own.isEmpty {
            try make(own, 0o700)
            return try checked(own, user: places.user)
        }
        if places.user == 0, mkdir(places.system, 0o700) == 0 {
            let made = openFolder(places.system)
            if made >= 0 {
                // Everybody may add claims, and nobody may take another's away.
                fchmod(made, 0o1777)
                close(made)
            }
        }
        var status = stat()
        if lstat(places.system, &status) == 0 {
            let folder = try checked(places.system, user: places.user)
            // A sandbox may show it without letting us write; then it is no folder for us.
            if faccessat(folder.descriptor, ".", W_OK, 0) == 0 || errno != EROFS { return folder }
        }
        let own = "\(places.temporary)/offhook-\(places.user)"
        try make(own, 0o700)
        let folder = try checked(own, user: places.user)
        guard folder.sharing == .user else { throw ClaimFailure(own, "others may enter it; run: chmod 700 \(own)") }
        return folder
    }

    /// Without following a link at its end.
    private static func openFolder(_ path: String) -> Int32 {
        Foundation.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    }

    private static func make(_ path: String, _ mode: mode_t) throws {
        guard mkdir(path, mode) != 0, errno != EEXIST else { return }
        let failure = errno
        if failure == ENOENT {
            try? FileManager.default.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            guard mkdir(path, mode) != 0, errno != EEXIST else { return }
        }
        throw ClaimFailure(path, "it cannot be made, \(String(cString: strerror(errno)))")
    }

    /// - Throws: ``ClaimFailure`` for a link, a folder of another user than root, and one in which others may take files away.
    private static func checked(_ path: String, user: uid_t) throws -> ClaimFolder {
        let descriptor = openFolder(path)
        guard descriptor >= 0 else {
            let isLink = errno == ELOOP || errno == ENOTDIR
            throw ClaimFailure(
                path, isLink ? "it is a link or no folder; remove it" : String(cString: strerror(errno)))
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            defer { close(descriptor) }
            throw ClaimFailure(path, String(cString: strerror(errno)))
        }
        let others = status.st_mode & 0o003
        let sharing: Sharing =
            others == 0o003 ? .everybody : status.st_mode & 0o030 == 0o030 ? .group : .user
        let folder = ClaimFolder(path: path, sharing: sharing, user: user, descriptor: descriptor)
        guard status.st_uid == 0 || status.st_uid == user else {
            throw ClaimFailure(
                path, "it belongs to another user (\(status.st_uid)), who could take claims away; have root remove it")
        }
        guard status.st_mode & 0o022 == 0 || status.st_mode & S_ISVTX != 0 else {
            throw ClaimFailure(path, "others could take claims away in it; run: chmod +t \(path)")
        }
        return folder
    }
}

/// Claims of phones cannot be read or written down.
public struct ClaimFailure: Error, Sendable, Hashable, CustomStringConvertible {
    let path: String
    let detail: String

    init(_ path: String, _ detail: String) {
        self.path = path
        self.detail = detail
    }

    /// The sentence.
    public var description: String {
        "Phones cannot be claimed in \(path): \(detail). Until that is put right nobody can tell which phones another engine drives."
    }
}
