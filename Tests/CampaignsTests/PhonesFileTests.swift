import Campaigns
import PhoneNumbers
import Testing

@Suite("phones.yaml") struct PhonesFileTests {
    static let example = """
        dial: { format: national, region: US, prefix: "", plus: "" }
        phones:
          - name: desk-1
            family: gxp
            address: http://192.0.2.10
            passcode: { env: DESK_PASSCODE }
            dial_with: send_key
            account: 0
            trunk: front-office
          - name: base-1
            family: dp
            address: http://192.0.2.20
            passcode: { env: BASE_PASSCODE }
            handsets: [1, 2, 3]
            states: { Talking: connected }
        """

    private func problems(_ yaml: String) -> [FileProblem] {
        do {
            _ = try PhonesFile.read(yaml, file: "phones.yaml")
            return []
        } catch {
            return error.problems
        }
    }

    private func phone(_ lines: String) -> String {
        "phones:\n  - name: a\n    family: gxp\n    address: http://192.0.2.1\n    passcode: secret-4711\n\(lines)"
    }

    @Test("the design's example makes a desk phone and three handsets")
    func example() throws {
        let devices = try PhonesFile.read(Self.example, file: "phones.yaml")
        #expect(devices.flatMap { $0.stationNames.map(\.name) } == ["desk-1", "base-1/1", "base-1/2", "base-1/3"])
        #expect(devices.map(\.dialWith) == [.sendKey, .makeCall])
        #expect(devices.first?.passcode == .environment("DESK_PASSCODE"))
        #expect(devices.last?.states == ["talking": .connected])
        #expect(devices.allSatisfy { $0.dial.region == "US" })
    }

    @Test("a phone's own dial plan stands over the file's, key by key")
    func dialPlan() throws {
        let yaml = "dial: { region: GB, prefix: \"9\" }\n" + phone("    dial: { prefix: \"0\" }\n")
        let plan = try #require(PhonesFile.read(yaml, file: "p").first?.dial)
        #expect(plan.region == "GB")
        #expect(plan.prefix == "0")
    }

    @Test(
        "mistakes are found, and none of their sentences quotes a passcode",
        arguments: [
            "    handsets: [1]\n", "    dial_with: smoke\n", "    account: many\n", "    colour: red\n",
            "    states: { Talking: chatting }\n", "    certificate: { sha256: abc }\n",
            "    dial: { prefix: \"9,\" }\n",
        ])
    func mistakes(lines: String) {
        let found = problems(phone(lines))
        #expect(!found.isEmpty)
        #expect(found.allSatisfy { $0.line != nil && !$0.description.contains("secret-4711") })
    }

    @Test("two phones of one name or one address are refused: a device must stand once")
    func twins() {
        let twin = "  - name: b\n    family: gxp\n    address: http://192.0.2.1\n    passcode: x\n"
        #expect(problems(phone(twin)).count == 1)
        #expect(problems(phone(twin.replacing("name: b", with: "name: a"))).count == 2)
    }

    @Test(
        "addresses must be plain http or https",
        arguments: ["ftp://192.0.2.1", "192.0.2.1", "http://u:p@192.0.2.1", "http://192.0.2.1/cgi-bin"])
    func addresses(address: String) {
        #expect(problems(phone("").replacing("http://192.0.2.1", with: address)).count == 1)
    }

    @Test("a word that nobody mapped counts as in use; known words are known in any case")
    func words() {
        let words = WordMap(adding: ["talking": .connected])
        #expect(words.phase(of: "CALLING") == .calling)
        #expect(words.phase(of: "Talking") == .connected)
        #expect(words.phase(of: "flash") == .inUse)
        #expect(words.phase(of: "") == .idle)
    }
}
