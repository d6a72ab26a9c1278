import Foundation
import NetworkAddresses

/// One engine a phone on this computer, whatever databases they have: two would each send keys over the other's call.
///
/// The death of a process releases its claims. An engine on another computer is not seen: its calls show as calls that we did not
/// place, and no command is sent over them.
public final class PhoneClaim: Sendable {
    /// The result of claiming a phone.
    public enum Answer: Sendable {
        case taken(PhoneClaim)
        /// Another engine has it, or may have it: a clause that says why and what to do.
        case held(String)
    }

    private let descriptor: Int32

    fileprivate init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// Gives the phone back before the object goes; once is enough.
    public func release() {
        flock(descriptor, LOCK_UN)
    }

    /// The name of a phone's claim: however its address is written, one phone has one.
    static func fileName(of address: String) -> String {
        let place = WebAddress(address)
        let host = place.map { IPAddress($0.host)?.meanings.first?.description ?? $0.host } ?? address.lowercased()
        let name = (place.map { "\(host)_\($0.port)" } ?? host).map {
            $0.isASCII && ($0.isLetter || $0.isNumber || "-.".contains($0)) ? $0 : "_"
        }
        guard name.count > 200 else { return "\(String(name)).lock" }
        // A file's name has at most 255 bytes; FNV-1a tells long ones apart.
        let sum = host.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return "\(String(name.suffix(150)))_\(String(sum, radix: 16)).lock"
    }
}

extension ClaimFolder {
    /// What a look at a claim's file showed.
    private enum Look {
        case opened(Int32, isNew: Bool)
        case unreadable(String)
    }

    /// Claims the phone at an address until the claim is released. A claim that cannot be read counts as held.
    ///
    /// - Throws: ``ClaimFailure`` where the system lets no claim be written down now.
    public func claim(_ address: String) throws -> PhoneClaim.Answer {
        let name = PhoneClaim.fileName(of: address)
        let file = "\(path)/\(name)"
        // Somebody may take a file away between our opening and locking it.
        for _ in 0..<100 {
            let descriptor: Int32
            switch try look(name) {
            case .unreadable(let why):
                return .held("the claim \(file) \(why), so another engine may drive \(address)")
            case .opened(let opened, let isNew):
                descriptor = opened
                if let why = distrust(descriptor, isNew: isNew) {
                    close(descriptor)
                    return .held("the claim \(file) \(why), so another engine may drive \(address)")
                }
            }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                let failure = errno
                close(descriptor)
                guard failure == EWOULDBLOCK else { throw ClaimFailure(path, String(cString: strerror(failure))) }
                return .held(
                    "another engine on this computer drives \(address). Stop that one, or take the phone out of one of the two databases"
                )
            }
            if isStill(descriptor, name) { return .taken(PhoneClaim(descriptor: descriptor)) }
            close(descriptor)
        }
        throw ClaimFailure(path, "the claim of \(address) changes all the time")
    }

    /// Opens a claim's file, or makes it. Reading suffices for a lock, so no claim needs to be writable for others.
    private func look(_ name: String) throws -> Look {
        for _ in 0..<100 {
            let known = openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
            if known >= 0 { return .opened(known, isNew: false) }
            guard errno == ENOENT else { return try unopened(errno) }
            let made = openat(
                descriptor, name, O_RDONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, sharing.fileMode)
            if made >= 0 { return .opened(made, isNew: true) }
            guard errno == EEXIST else {
                throw ClaimFailure(path, "\(String(cString: strerror(errno))); see who may write in it")
            }
        }
        throw ClaimFailure(path, "\(name) comes and goes")
    }

    private func unopened(_ failure: Int32) throws -> Look {
        switch failure {
        // Our own shortage says nothing of the claim.
        case EMFILE, ENFILE, ENOMEM, EINTR, EIO: throw ClaimFailure(path, String(cString: strerror(failure)))
        case ELOOP: return .unreadable("is a link; have root remove it")
        default: return .unreadable("cannot be read (\(String(cString: strerror(failure)))); have root look at it")
        }
    }

    /// Why a file is no claim to be trusted, a clause; nil where it is. What is ours gets the mode that the sharing needs.
    private func distrust(_ file: Int32, isNew: Bool) -> String? {
        var status = stat()
        guard fstat(file, &status) == 0 else { return "cannot be read" }
        guard status.st_mode & S_IFMT == S_IFREG, status.st_nlink <= 1 else {
            return "is no plain file of its own; have root remove it"
        }
        if status.st_uid == user {
            // The mode of a new file is cut by the umask; that of an old one may be from another time.
            if status.st_mode & 0o777 != sharing.fileMode { fchmod(file, sharing.fileMode) }
            return nil
        }
        guard sharing != .user || status.st_uid == 0 else {
            return "belongs to another user (\(status.st_uid)); have root remove it"
        }
        guard status.st_mode & 0o022 == 0 else { return "may be written by anybody; have root remove it" }
        return nil
    }

    /// Whether a file has still its name: else others would lock another one.
    private func isStill(_ file: Int32, _ name: String) -> Bool {
        var (opened, named) = (stat(), stat())
        return fstat(file, &opened) == 0 && fstatat(descriptor, name, &named, AT_SYMLINK_NOFOLLOW) == 0
            && opened.st_dev == named.st_dev && opened.st_ino == named.st_ino
    }
}
