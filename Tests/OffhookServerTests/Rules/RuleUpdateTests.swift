import CallingRules
import Campaigns
import Foundation
import Testing

@testable import Supervision

@Suite("Updates of rule packs") struct RuleUpdateTests {
    private let folder: URL
    private let signer = RuleSigner()
    private let updates: RuleUpdates
    private let day = Instant(milliseconds: 1_796_155_200_000)
    private var file: String { folder.appendingPathComponent("new.rules").path }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try signer.publicKey.text.write(
            to: folder.appendingPathComponent("rules.pub"), atomically: true, encoding: .utf8)
        updates = RuleUpdates(database: folder.appendingPathComponent("x.db").path, share: folder)
    }

    private static func yaml(_ version: String, _ more: String = "", pack: String = "us", region: String = "US")
        -> String
    {
        """
        pack: \(pack)
        version: "\(version)"
        region: \(region)
        rules: [{ places: [\(region)], hours: { all: "08:00-21:00" }, source: "a test"\(more) }]
        """
    }

    private func installed(_ version: String = "2026-12-01") throws -> [String: RulePack] {
        ["none": .none, "us": try RulePackFile.read(Self.yaml(version), file: "us.yaml")]
    }

    private func signed(_ version: String, after days: Int64 = 0, by signer: RuleSigner? = nil) throws -> Data {
        try RuleUpdate.sign(
            [("us.yaml", Self.yaml(version))], with: signer ?? self.signer, at: day + .seconds(days * 86_400))
    }

    /// What is said of a file that is refused.
    private func refusal(of bytes: Data) throws -> String {
        try bytes.write(to: URL(fileURLWithPath: file))
        let error = #expect(throws: SupervisionError.self) { try updates.offer(file, over: installed()) }
        #expect(
            !FileManager.default.fileExists(atPath: updates.folder), "nothing is written for a file that is refused")
        return error?.description ?? ""
    }

    private func take(_ bytes: Data) throws {
        try bytes.write(to: URL(fileURLWithPath: file))
        try updates.take(updates.offer(file, over: installed()))
    }

    private func version() throws -> String? { try updates.packs(over: installed())["us"]?.version }

    @Test(
        "a signed file takes the place of the installation's packs, the next one its place, and the way back goes through both"
    )
    func way() throws {
        #expect(try version() == "2026-12-01")
        try take(signed("2026-12-15", after: 1))
        #expect(try version() == "2026-12-15")
        try take(signed("2027-01-10", after: 2))
        #expect(try version() == "2027-01-10")
        // Another program reads the same.
        let other = RuleUpdates(database: folder.appendingPathComponent("x.db").path, share: folder)
        #expect(try other.packs(over: installed())["us"]?.version == "2027-01-10")
        try updates.revert()
        #expect(try version() == "2026-12-15")
        try take(signed("2027-01-10", after: 2))
        try updates.revert()
        try updates.revert()
        #expect(try version() == "2026-12-01")
        #expect(throws: SupervisionError.self) { try updates.revert() }
    }

    @Test("of two packs of a name the newer one holds; packs that only one side has stay")
    func newer() throws {
        let bytes = try RuleUpdate.sign(
            [("ie.yaml", Self.yaml("2026-12-15", pack: "ie", region: "IE")), ("us.yaml", Self.yaml("2026-12-15"))],
            with: signer, at: day)
        try take(bytes)
        let upgraded = try updates.packs(over: installed("2027-02-01"))
        #expect(upgraded["us"]?.version == "2027-02-01")
        #expect(upgraded.keys.sorted() == ["ie", "none", "us"])
    }

    @Test("a file with any byte changed, or cut off anywhere, is refused")
    func changed() throws {
        let bytes = try signed("2026-12-15")
        _ = try RuleUpdate(bytes, name: "x", key: signer.publicKey)
        for index in bytes.indices {
            var other = bytes
            other[index] ^= 0x01
            #expect(throws: SupervisionError.self, "byte \(index)") {
                try RuleUpdate(other, name: "x", key: signer.publicKey)
            }
            #expect(throws: SupervisionError.self, "cut at \(index)") {
                try RuleUpdate(bytes.prefix(index), name: "x", key: signer.publicKey)
            }
        }
        #expect(throws: SupervisionError.self) {
            try RuleUpdate(bytes + Data("\n".utf8), name: "x", key: signer.publicKey)
        }
        #expect(try refusal(of: bytes.dropLast(9)).contains("cut off"))
        var tampered = bytes
        tampered[tampered.endIndex - 9] ^= 0x02
        #expect(try refusal(of: tampered).contains("signature"))
    }

    @Test(
        "a foreign key, another form, rules that are not known, too many bytes and no key at all are each refused with a sentence"
    )
    func refused() throws {
        let foreign = RuleSigner()
        let theirs = try refusal(of: signed("2026-12-15", by: foreign))
        #expect(theirs.contains(foreign.publicKey.fingerprint) && theirs.contains(signer.publicKey.fingerprint))
        let form = Data("offhook rules 2\n".utf8) + (try signed("2026-12-15")).dropFirst(16)
        #expect(try refusal(of: form).contains("upgrade Offhook"))
        let yaml = Self.yaml("2026-12-15", ", moon_phase: full").replacing("\"", with: "\\\"").replacing(
            "\n", with: "\\n")
        let content =
            "{\"issued\":\"2026-12-15T10:00:00.000Z\",\"packs\":[{\"file\":\"us.yaml\",\"yaml\":\"\(yaml)\"}]}"
        let unknown = try refusal(of: RuleUpdate.seal(Data(content.utf8), with: signer))
        #expect(unknown.contains("upgrade Offhook") && unknown.contains("moon_phase"))
        #expect(try refusal(of: Data(repeating: 0x20, count: RuleUpdate.mostBytes + 1)).contains("at most 4 MB"))
        #expect(try refusal(of: Data("pack: us\n".utf8)).contains("offhook rules sign"))
        #expect(try refusal(of: Data()).contains("offhook rules sign"))
        let good = try signed("2026-12-15")
        try FileManager.default.removeItem(at: folder.appendingPathComponent("rules.pub"))
        #expect(try refusal(of: good).contains("rules.pub"))
    }

    @Test(
        "an older update, or one with a pack older than the one in force, is refused; the same file says that it is in force"
    )
    func older() throws {
        #expect(try refusal(of: signed("2026-11-30")).contains("older than 2026-12-01"))
        let (first, second) = (try signed("2026-12-15", after: 1), try signed("2027-01-10", after: 2))
        try take(second)
        for (bytes, word) in [(first, "older update"), (second, "in force already")] {
            try bytes.write(to: URL(fileURLWithPath: file))
            let error = #expect(throws: SupervisionError.self) { try updates.offer(file, over: installed()) }
            #expect(error?.description.contains(word) == true)
        }
        #expect(try version() == "2027-01-10")
    }

    @Test("what was taken and is changed afterwards closes everything, until it is taken again or reverted")
    func damaged() throws {
        let bytes = try signed("2026-12-15")
        try take(bytes)
        let path = updates.folder + "/current.rules"
        try Data((String(decoding: bytes, as: UTF8.self)).replacing("21:00", with: "23:00").utf8)
            .write(to: URL(fileURLWithPath: path))
        let error = #expect(throws: SupervisionError.self) { try version() }
        #expect(error?.description.contains("offhook rules revert") == true)
        try take(bytes)
        #expect(try version() == "2026-12-15")
        // The damaged one is not kept as a way back.
        try updates.revert()
        #expect(try version() == "2026-12-01")
    }

    @Test("an issuer's file holds only packs that can be read, each once")
    func issuer() throws {
        #expect(throws: FileProblems.self) {
            try RuleUpdate.sign([("us.yaml", Self.yaml("2026-12-15", ", hourz: 1"))], with: signer, at: day)
        }
        #expect(throws: SupervisionError.self) { try RuleUpdate.sign([], with: signer, at: day) }
        #expect(throws: SupervisionError.self) {
            let twice = Self.yaml("2026-12-15")
            _ = try RuleUpdate.sign([("a.yaml", twice), ("b.yaml", twice)], with: signer, at: day)
        }
        let (again, key) = (try RuleSigner(signer.text, file: "k"), signer.publicKey)
        #expect(again.publicKey == key)
        #expect(try RuleKey(key.text, file: "k") == key)
        for text in ["", signer.text, "offhook rules public key 1\nAAAA\n"] {
            #expect(throws: SupervisionError.self) { try RuleKey(text, file: "k") }
        }
        let error = #expect(throws: SupervisionError.self) { try RuleSigner(signer.text + "x", file: "k") }
        #expect(error?.description.contains(signer.text.split(separator: "\n")[1]) == false)
    }
}
