import CampaignStore
import Campaigns
import Foundation
import Testing

@Suite("Files of a folder for passcodes") struct FolderFileTests {
    private let folder: URL
    private let passcodes: URL
    private var database: String { passcodes.appendingPathComponent("t.db").path }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-\(UUID().uuidString)")
        passcodes = folder.appendingPathComponent("passcodes")
        let inner = passcodes.appendingPathComponent("inner")
        try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
        try write("secret-4711\n", "passcodes/desk-1")
        try write("secret-4712\n", "passcodes/inner/desk-2")
        try write("root:x:0:0", "shadow")
        try write("root:x:0:0", "passcodes-more")
        for (link, target) in [
            ("out", "../shadow"), ("out-there", folder.appendingPathComponent("shadow").path), ("up", ".."),
            ("within", "inner/desk-2"), ("sideways", "../passcodes-more"), ("nowhere", "gone"),
        ] {
            try FileManager.default.createSymbolicLink(
                atPath: passcodes.appendingPathComponent(link).path, withDestinationPath: target)
        }
        mkfifo(passcodes.appendingPathComponent("pipe").path, 0o600)
        try write("SQLite", "passcodes/t.db")
        link(database, passcodes.appendingPathComponent("twin").path)
        try write(String(repeating: "x", count: FolderFile.most + 1), "passcodes/long")
    }

    private func write(_ text: String, _ name: String) throws {
        try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }

    @Test(
        "a file of the folder is read, below it and by a link within it as well",
        arguments: [
            ("desk-1", "secret-4711\n"), ("inner/desk-2", "secret-4712\n"), ("within", "secret-4712\n"),
        ])
    func read(name: String, text: String) throws {
        #expect(
            String(decoding: try FolderFile.read(name, in: passcodes.path, besides: database), as: UTF8.self) == text)
    }

    @Test(
        "nothing outside of the folder is, by whatever name, and nothing that is no file",
        arguments: [
            ("out", FolderFile.Problem.outside), ("out-there", .outside), ("sideways", .outside),
            ("up/shadow", .outside),
            ("../shadow", .name), ("inner/../desk-1", .name), ("/etc/passwd", .name), ("", .name), ("./desk-1", .name),
            ("nowhere", .missing), ("gone", .missing), ("inner", .noFile), ("pipe", .noFile), ("long", .tooLong),
            ("t.db", .ofDatabase), ("twin", .ofDatabase),
        ])
    func refused(name: String, problem: FolderFile.Problem) {
        #expect(throws: problem) { _ = try FolderFile.read(name, in: passcodes.path, besides: database) }
    }

    @Test(
        "a phone's passcode is read within the folder each time it is used, and a link that is put there later leads nowhere"
    )
    func passcode() throws {
        let store = try CampaignStore(path: folder.appendingPathComponent("t.db").path)
        let device = DeviceSettings(
            name: "d", family: .gxp, address: "http://192.0.2.1",
            passcode: .fileWithin(folder: passcodes.path, name: "desk-1"))
        let now = Instant(milliseconds: 0)
        _ = try store.applyDevices([device], at: now)
        #expect(try store.applyDevices([device], at: now).unchanged == ["d"])
        #expect(try store.passcode(of: "d", environment: [:]) == "secret-4711")
        #expect(try store.passcodeBindings().map(\.reference) == [device.passcode])
        try FileManager.default.removeItem(at: passcodes.appendingPathComponent("desk-1"))
        try FileManager.default.createSymbolicLink(
            atPath: passcodes.appendingPathComponent("desk-1").path, withDestinationPath: "../shadow")
        #expect(throws: StoreError.self) { _ = try store.passcode(of: "d", environment: [:]) }
    }
}
