import Foundation
import Testing

@testable import Dialer

@Suite("Claims of phones") final class ClaimFolderTests {
    private let folder: URL
    /// Nobody of this computer.
    private static let stranger: uid_t = 64_321

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    private var system: String { folder.appendingPathComponent("run-offhook").path }

    private func open(user: uid_t = geteuid(), _ environment: [String: String] = [:]) throws -> ClaimFolder {
        try ClaimFolder.open(
            environment, places: ClaimFolder.Places(system: system, temporary: folder.path, user: user))
    }

    private func make(_ path: String, _ mode: mode_t) {
        mkdir(path, mode)
        chmod(path, mode)
    }

    private func mode(_ path: String) -> mode_t {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
    }

    private func isHeld(_ answer: PhoneClaim.Answer, _ word: String = "") -> Bool {
        if case .held(let why) = answer { return word.isEmpty || why.contains(word) }
        return false
    }

    private func taken(_ answer: PhoneClaim.Answer) -> PhoneClaim? {
        if case .taken(let claim) = answer { return claim }
        return nil
    }

    private let phone = "http://192.0.2.10"
    private var file: String { "192.0.2.10_80.lock" }

    @Test("one phone has one claim, however its address is written, and another has another")
    func names() {
        let names = ["http://192.0.2.10", "http://192.0.2.10/", "HTTP://192.0.2.10:80", "http://[::ffff:192.0.2.10]"]
        #expect(Set(names.map(PhoneClaim.fileName)) == [file])
        #expect(PhoneClaim.fileName(of: "http://192.0.2.10:81") != file)
        #expect(PhoneClaim.fileName(of: "http://../../etc/passwd").contains("/") == false)
        let long = (1...2).map { "http://\(String(repeating: "a", count: 240)).example:\($0)" }
        #expect(Set(long.map(PhoneClaim.fileName)).count == 2)
        #expect(long.map(PhoneClaim.fileName).allSatisfy { $0.utf8.count < 255 })
    }

    @Test("the second to claim a phone finds it held, until the first gives it back")
    func second() throws {
        make(system, 0o1777)
        let (one, two) = (try open(), try open())
        #expect(one.sharing == .everybody && one.path == system && one.notice.contains("all users"))
        let claim = try #require(taken(try one.claim(phone)))
        #expect(isHeld(try two.claim(phone), "another engine"))
        #expect(isHeld(try two.claim("http://192.0.2.10:80/")))
        claim.release()
        #expect(!isHeld(try two.claim(phone)))
        #expect(mode("\(system)/\(file)") == 0o644)
    }

    @Test("a user of another name sees the claim in the computer's folder", .enabled(if: geteuid() == 0))
    func users() throws {
        make(system, 0o1777)
        let claim = try #require(taken(try open().claim(phone)))
        #expect(isHeld(try open(user: Self.stranger).claim(phone), "another engine"))
        claim.release()
        // The claim of a stranger whose engine is gone is free.
        chown("\(system)/\(file)", Self.stranger, Self.stranger)
        #expect(!isHeld(try open().claim(phone)))
    }

    @Test(
        "root makes the computer's folder where it is missing, for all and so that nobody takes another's claim away",
        .enabled(if: geteuid() == 0))
    func made() throws {
        let folder = try open(user: 0)
        #expect(folder.path == system && folder.sharing == .everybody)
        #expect(mode(system) == 0o1777)
    }

    @Test("without the computer's folder a user has one alone, and is told what that does not see")
    func own() throws {
        let user = geteuid() == 0 ? Self.stranger : geteuid()
        let path = "\(folder.path)/offhook-\(user)"
        make(path, 0o700)
        chown(path, user, user)
        let own = try open(user: user)
        #expect(own.path == path && own.sharing == .user)
        #expect(own.notice.contains("not seen") && own.notice.contains("/run/offhook"))
        #expect(!isHeld(try own.claim(phone)))
    }

    @Test("a folder of one's own is made for one's own eyes, its claims too")
    func ownMode() throws {
        let path = folder.appendingPathComponent("claims/deep").path
        let own = try open(["OFFHOOK_CLAIMS": path])
        #expect(mode(path) == 0o700)
        let claim = try #require(taken(try own.claim(phone)))
        #expect(mode("\(path)/\(file)") == 0o600)
        // One that was left wider is narrowed.
        chmod("\(path)/\(file)", 0o666)
        #expect(isHeld(try own.claim(phone), "another engine"))
        claim.release()
        #expect(mode("\(path)/\(file)") == 0o600)
    }

    @Test("a folder in which others could take claims away is refused, and one that is a link is not followed")
    func unsafeFolders() throws {
        make(system, 0o777)
        #expect(throws: ClaimFailure.self) { _ = try open() }
        chmod(system, 0o770)
        #expect(throws: ClaimFailure.self) { _ = try open() }
        rmdir(system)
        let target = folder.appendingPathComponent("target").path
        make(target, 0o1777)
        symlink(target, system)
        #expect(throws: ClaimFailure.self) { _ = try open() }
        #expect(throws: ClaimFailure.self) { _ = try open(["OFFHOOK_CLAIMS": system]) }
        unlink(system)
        let user = geteuid() == 0 ? Self.stranger : geteuid()
        symlink(target, "\(folder.path)/offhook-\(user)")
        #expect(throws: ClaimFailure.self) { _ = try open(user: user) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: target).isEmpty)
    }

    @Test("a folder that belongs to somebody else is refused", .enabled(if: geteuid() == 0))
    func strangersFolder() throws {
        make(system, 0o1777)
        chown(system, Self.stranger, Self.stranger)
        #expect(throws: ClaimFailure.self) { _ = try open() }
        rmdir(system)
        let path = "\(folder.path)/offhook-\(Self.stranger)"
        make(path, 0o700)
        chown(path, Self.stranger + 1, Self.stranger + 1)
        #expect(throws: ClaimFailure.self) { _ = try open(user: Self.stranger) }
    }

    @Test(
        "a link that was planted in place of a claim is not followed: the phone counts as held, and the target stays as it was"
    )
    func plantedLinks() throws {
        make(system, 0o1777)
        let target = folder.appendingPathComponent("target").path
        try "precious".write(toFile: target, atomically: true, encoding: .utf8)
        chmod(target, 0o600)
        symlink(target, "\(system)/\(file)")
        #expect(isHeld(try open().claim(phone), "is a link"))
        unlink("\(system)/\(file)")
        symlink(folder.appendingPathComponent("made").path, "\(system)/\(file)")
        #expect(isHeld(try open().claim(phone), "is a link"))
        #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("made").path))
        #expect(mode(target) == 0o600)
        unlink("\(system)/\(file)")
        link(target, "\(system)/\(file)")
        #expect(isHeld(try open().claim(phone), "no plain file"))
        #expect(mode(target) == 0o600)
        unlink("\(system)/\(file)")
        mkfifo("\(system)/\(file)", 0o644)
        #expect(isHeld(try open().claim(phone), "no plain file"))
        unlink("\(system)/\(file)")
        mkdir("\(system)/\(file)", 0o755)
        #expect(isHeld(try open().claim(phone), "no plain file"))
    }

    @Test(
        "a claim of somebody else that anybody may write, or that stands in a folder of one's own, counts as held",
        .enabled(if: geteuid() == 0))
    func strangersClaims() throws {
        make(system, 0o1777)
        let path = "\(system)/\(file)"
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        chown(path, Self.stranger, Self.stranger)
        chmod(path, 0o666)
        #expect(isHeld(try open().claim(phone), "written by anybody"))
        chmod(path, 0o644)
        #expect(!isHeld(try open().claim(phone)))
        let own = folder.appendingPathComponent("own").path
        make(own, 0o700)
        _ = FileManager.default.createFile(atPath: "\(own)/\(file)", contents: nil)
        chown("\(own)/\(file)", Self.stranger, Self.stranger)
        #expect(isHeld(try open(["OFFHOOK_CLAIMS": own]).claim(phone), "another user"))
    }

    @Test("a claim that cannot be read counts as held", .enabled(if: geteuid() == 0))
    func unreadable() throws {
        make(system, 0o1777)
        let path = "\(system)/\(file)"
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        chmod(path, 0o000)
        // Root reads everything; this thread is nobody for a moment.
        let thread = Self.answer(as: Self.stranger) { [self] in try open(user: Self.stranger).claim(phone) }
        #expect(isHeld(try thread.get(), "cannot be read"))
    }

    /// Does work on a thread of its own with another user's rights.
    private static func answer<Value>(as user: uid_t, _ work: () throws -> Value) -> Result<Value, any Error> {
        // It changes what this thread may do with files, where setuid would change the whole process.
        typealias Change = @convention(c) (uid_t) -> Int32
        guard let symbol = dlsym(nil, "setfsuid") else { return .failure(CocoaError(.featureUnsupported)) }
        let change = unsafeBitCast(symbol, to: Change.self)
        _ = change(user)
        defer { _ = change(0) }
        return Result { try work() }
    }
}
