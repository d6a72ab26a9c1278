import CampaignStore
import Campaigns
import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import OffhookServer

@Suite("What pages may say of phones") struct PhoneEntryTests {
    private final class Place {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-\(UUID().uuidString)")
        var passcodes: URL { folder.appendingPathComponent("passcodes") }

        init() throws {
            try FileManager.default.createDirectory(at: passcodes, withIntermediateDirectories: true)
            for name in ["passcodes/desk-1", "passcodes/desk-2", "secret"] {
                try "secret-4711\n".write(
                    to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
            }
            try FileManager.default.createSymbolicLink(
                atPath: passcodes.appendingPathComponent("out").path, withDestinationPath: "../secret")
        }

        deinit { try? FileManager.default.removeItem(at: folder) }

        func references() -> PasscodeReferences { PasscodeReferences(folder: passcodes.path, prefix: "OFFHOOK_PHONE_") }
    }

    private func bench(
        local: Bool = false, _ references: PasscodeReferences = PasscodeReferences()
    ) async throws -> (ServerBench, BenchSession) {
        let bench = try ServerBench(allowsLocalPhones: local, passcodes: references)
        return (bench, try bench.session(of: try await bench.user("root", .administrator)))
    }

    private static func yaml(_ passcode: String, _ address: String = "http://192.0.2.10", name: String = "desk-1")
        -> String
    {
        "phones:\n  - { name: \(name), family: gxp, address: '\(address)', passcode: \(passcode) }\n"
    }

    /// Looks at a file and applies it where that is possible.
    private func enter(_ yaml: String, _ bench: ServerBench, _ root: BenchSession) async throws -> TestResponse {
        try await bench.run { client async throws in
            let preview = try await client.submit("/phones/preview", "yaml=\(yaml.encoded)", root)
            guard let start = preview.text.range(of: "name=\"key\" value=\"") else { return preview }
            let key = preview.text[start.upperBound...].prefix { $0 != "\"" }
            return try await client.submit("/phones/apply", "key=\(key)", root)
        }
    }

    /// Applies as `offhook phones apply` does.
    private func shell(_ yaml: String, _ bench: ServerBench, mayBeLocal: Bool = false) throws {
        _ = try bench.store.applyDevices(
            PhonesFile.read(yaml, file: "phones.yaml", mayBeLocal: mayBeLocal), keepingOthers: true, at: bench.now)
    }

    @Test(
        "no file and no variable of the server is a passcode by page, unless the server's configuration names them",
        arguments: [
            "{ env: PATH }", "{ file: /etc/passwd }", "{ file: desk-1 }", "{ env: OFFHOOK_PHONE_A }",
        ])
    func nothingAllowed(passcode: String) async throws {
        let (bench, root) = try await bench()
        let answer = try await enter(Self.yaml(passcode), bench, root)
        #expect(answer.status == .unprocessableContent)
        #expect(answer.text.contains("--passcode-"), "\(answer.text)")
        #expect(try bench.store.devices().isEmpty)
    }

    @Test("only names that the configuration allows are taken, and no way leads out of the folder")
    func allowedNames() async throws {
        let place = try Place()
        let (bench, root) = try await bench(place.references())
        for passcode in [
            "{ env: PATH }", "{ env: OFFHOOK_PHONE_ }", "{ env: offhook_phone_a }", "{ env: 'OFFHOOK_PHONE_A B' }",
            "{ file: /etc/passwd }", "{ file: ../secret }", "{ file: out }", "{ file: '' }", "{ file: gone }",
            "{ file: '\(place.folder.path)/secret' }", "{ file: '\(place.passcodes.path)/../secret' }",
            "{ file: '\(place.passcodes.path)-more/x' }",
        ] {
            let answer = try await enter(Self.yaml(passcode), bench, root)
            #expect(answer.status == .unprocessableContent, "\(passcode)")
            #expect(!answer.text.contains(place.folder.path), "\(passcode)")
        }
        #expect(try bench.store.devices().isEmpty)
        #expect(try await enter(Self.yaml("{ env: OFFHOOK_PHONE_A }"), bench, root).status == .seeOther)
        let file = Self.yaml("{ file: desk-1 }", "http://192.0.2.11", name: "desk-2")
        #expect(try await enter(file, bench, root).status == .seeOther)
        let path = Self.yaml("{ file: '\(place.passcodes.path)/desk-2' }", "http://192.0.2.12", name: "desk-3")
        #expect(try await enter(path, bench, root).status == .seeOther)
        let environment = ["OFFHOOK_PHONE_A": "geheim"]
        #expect(try bench.store.passcode(of: "desk-1", environment: environment) == "geheim")
        #expect(try bench.store.passcode(of: "desk-2", environment: [:]) == "secret-4711")
        #expect(try bench.store.passcode(of: "desk-3", environment: [:]) == "secret-4711")
    }

    @Test(
        "whoever changes a phone's address types its passcode: what is stored or referred to is sent to no other address"
    )
    func changedAddress() async throws {
        let place = try Place()
        let (bench, root) = try await bench(place.references())
        try shell(Self.yaml("{ env: OFFHOOK_PHONE_A }"), bench)
        try shell(Self.yaml("{ file: /etc/offhook/desk-9 }", "http://192.0.2.19", name: "desk-9"), bench)
        for (yaml, word) in [
            (Self.yaml("{ env: OFFHOOK_PHONE_A }", "http://198.51.100.1"), "address of the phone changes"),
            (Self.yaml("{ env: OFFHOOK_PHONE_A }", "http://192.0.2.10:8080"), "address of the phone changes"),
            (Self.yaml("{ env: OFFHOOK_PHONE_B }", "http://198.51.100.1"), "address of the phone changes"),
            // Under another name, and by a phone that was entered with a passcode of no worth before.
            (Self.yaml("{ env: OFFHOOK_PHONE_A }", "http://198.51.100.1", name: "desk-2"), "desk-1"),
            (Self.yaml("{ file: /etc/offhook/desk-9 }", "http://198.51.100.1", name: "desk-9"), "folder"),
        ] {
            let answer = try await enter(yaml, bench, root)
            #expect(answer.status == .unprocessableContent && answer.text.contains(word), "\(yaml): \(answer.text)")
        }
        let missing = "phones:\n  - { name: desk-1, family: gxp, address: 'http://198.51.100.1' }\n"
        #expect(try await enter(missing, bench, root).status == .unprocessableContent)
        #expect(
            try await enter(Self.yaml("dummy", "http://198.51.100.1", name: "desk-2"), bench, root).status == .seeOther)
        let swapped = Self.yaml("{ env: OFFHOOK_PHONE_A }", "http://198.51.100.1", name: "desk-2")
        #expect(try await enter(swapped, bench, root).status == .unprocessableContent)
        // A phone that is gone takes its passcode with it.
        _ = try bench.store.applyDevices([], at: bench.now)
        let back = Self.yaml("{ env: OFFHOOK_PHONE_A }", "http://198.51.100.1", name: "desk-5")
        #expect(try await enter(back, bench, root).status == .unprocessableContent)
        #expect(try await enter(Self.yaml("typed", "http://198.51.100.1"), bench, root).status == .seeOther)
        #expect(try bench.store.passcode(of: "desk-1", environment: [:]) == "typed")
    }

    @Test("what stays where it is may be entered again as it is, and changed otherwise")
    func unchanged() async throws {
        let (bench, root) = try await bench()
        let yaml = Self.yaml("{ file: /etc/offhook/desk-1 }")
        try shell(yaml, bench)
        let answer = try await enter(yaml.replacing("family: gxp,", with: "family: gxp, trunk: front,"), bench, root)
        #expect(answer.status == .seeOther)
        #expect(try bench.store.devices().map(\.trunk) == ["front"])
        #expect(try bench.store.passcodeBindings().first?.reference == .file("/etc/offhook/desk-1"))
    }

    @Test(
        "a phone at this computer or on its link is entered by page only where the server was told so",
        arguments: [
            "http://127.0.0.1:9", "http://localhost:9", "http://0x7f000001:9", "http://[::1]:9", "http://169.254.1.2",
            "http://[::ffff:7f00:1]", "http://[64:ff9b::7f00:1]",
        ])
    func local(address: String) async throws {
        let (bench, root) = try await bench()
        let refused = try await enter(Self.yaml("x", address), bench, root)
        #expect(refused.status == .unprocessableContent && refused.text.contains("--allow-local-phones"))
        let (open, other) = try await self.bench(local: true)
        #expect(try await enter(Self.yaml("x", address), open, other).status == .seeOther)
        #expect(try open.store.devices().map(\.mayBeLocal) == [true])
    }

    @Test("a local phone that was applied on the server stays, and moves to no other local address by page")
    func appliedLocal() async throws {
        let (bench, root) = try await bench()
        try shell(Self.yaml("x", "http://127.0.0.1:9"), bench, mayBeLocal: true)
        let stays = Self.yaml("x", "http://127.0.0.1:9").replacing("family: gxp,", with: "family: gxp, trunk: t,")
        #expect(try await enter(stays, bench, root).status == .seeOther)
        #expect(try bench.store.devices().map(\.mayBeLocal) == [true])
        #expect(try await enter(Self.yaml("x", "http://127.0.0.1:10"), bench, root).status == .unprocessableContent)
        #expect(try await enter(Self.yaml("x", "http://0.0.0.0:9"), bench, root).status == .unprocessableContent)
    }
}
