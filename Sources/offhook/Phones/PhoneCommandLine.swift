import ArgumentParser
import CampaignStore
import Campaigns
import Dialer
import Foundation
import GrandstreamCTI

/// `offhook phone NAME COMMAND`: any function of the guide by hand.
struct PhoneCommandLine: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "phone",
        abstract: "Any function of the CTI guide by hand; the answer is printed as JSON.",
        discussion: """
            NAME is a station: a GXP phone, or base-1/2 for handset 2 of a base. COMMAND is one of:
              line-status, phone-status, operation endcall|holdcall|acceptcall|rejectcall|cancel [--line N],
              account-status N, handset-status, handset-line-status, make-call NUMBER [--account N],
              device-operation CMD [--line N], send-key KEY... (keys or a digit string), system REBOOT|RESET --yes
            Reading commands always work; those that act on calls are refused on a station that a running engine holds, unless --force.
            """)

    @OptionGroup var database: DatabaseOptions
    @Option(help: "The line, from 1.") var line: Int?
    @Option(help: "The account to dial with.") var account: Int?
    @Flag(help: "Really reboot or reset.") var yes = false
    @Flag(help: "Act even though a running engine holds the station; it is journalled.") var force = false
    @Argument(help: "The station.") var name: String
    @Argument(help: "The command.") var command: String
    @Argument(help: "What the command takes.") var arguments: [String] = []

    func run() async throws {
        let store = try database.open()
        let (device, station) = try find(in: store.devices())
        let command = try parsed(handset: station.handset)
        if command.acts, EngineLock.isHeld(database: database.path) {
            guard force else {
                throw CommandFailure(
                    "A running engine holds the station \(name); “\(self.command)” could disturb its call. Use --force to do it all the same."
                )
            }
            try store.record("phone_forced", station: station.name, detail: command.functionName, at: database.now)
        }
        let passcode = try store.passcode(of: device.name, environment: ProcessInfo.processInfo.environment)
        let client = PhoneClient(try PhoneEndpoint(device, passcode: passcode))
        let result: Result<PhoneAnswer, CTIError>
        do throws(CTIError) {
            result = .success(try await client.execute(command))
        } catch {
            result = .failure(error)
        }
        await client.shutdown()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(result.get()), as: UTF8.self))
    }

    private func find(in devices: [StoredDevice]) throws -> (StoredDevice, StoredStation) {
        for device in devices {
            if let station = device.stations.first(where: { $0.name == name }) { return (device, station) }
        }
        if let base = devices.first(where: { $0.name == name }) {
            let names = base.stations.map(\.name).joined(separator: ", ")
            throw CommandFailure("“\(name)” is a base; name one of its handsets: \(names).")
        }
        let names = devices.flatMap { $0.stations.map(\.name) }
        let hint = NearestName.hint(name, among: names)
        throw StoreError.notFound(what: "station", name: name, hint: hint.isEmpty ? "see offhook stations list" : hint)
    }

    private static let commands = [
        "line-status", "phone-status", "operation", "account-status", "handset-status", "handset-line-status",
        "make-call", "device-operation", "send-key", "system",
    ]

    private func parsed(handset: Int?) throws -> PhoneCommand {
        switch command {
        case "line-status": return .lineStatus
        case "phone-status": return .phoneStatus
        case "operation": return .phoneOperation(try word(PhoneOperation.self), line: line)
        case "account-status":
            guard let number = arguments.first.flatMap({ Int($0) }) else {
                throw CommandFailure("account-status needs the account's number, such as 1.")
            }
            return .accountStatus(number)
        case "handset-status": return .handsetStatus(try required(handset))
        case "handset-line-status": return .handsetLineStatus(try required(handset))
        case "make-call":
            guard let number = arguments.first else { throw CommandFailure("make-call needs the number to dial.") }
            return .makeCall(number: number, handset: handset, account: account)
        case "device-operation":
            let operation = try word(DeviceOperation.self)
            return .deviceOperation(
                operation, handset: try required(handset), line: operation.takesLine ? line ?? 1 : nil)
        case "send-key":
            guard !arguments.isEmpty else { throw CommandFailure("send-key needs keys or a digit string.") }
            return .sendKeys(try arguments.flatMap(Self.keys), handset: handset)
        case "system":
            let operation = try word(SystemOperation.self)
            guard yes else {
                throw CommandFailure(
                    "system \(operation.rawValue) ends every call on the phone; add --yes if you mean it.")
            }
            return .systemOperation(operation)
        default:
            throw CommandFailure(
                "There is no phone command “\(command)”\(NearestName.hint(command, among: Self.commands)) See offhook phone --help."
            )
        }
    }

    /// A key by its name, or a string of digits as a list of keys.
    private static func keys(_ text: String) throws -> [Key] {
        if text.count > 1, let named = try? Key(parsing: text.uppercased()) { return [named] }
        if text.contains(where: \.isLetter) { return [try Key(parsing: text.uppercased())] }
        return try Key.digits(from: text)
    }

    private func required(_ handset: Int?) throws -> Int {
        guard let handset else {
            throw CommandFailure(
                "“\(command)” is for DP handsets; \(name) is a GXP phone. Try line-status or operation.")
        }
        return handset
    }

    private func word<Word: RawRepresentable & CaseIterable>(_ type: Word.Type) throws -> Word
    where Word.RawValue == String {
        let words = Word.allCases.map(\.rawValue)
        guard let text = arguments.first else {
            throw CommandFailure("\(command) needs one of \(words.joined(separator: ", ")).")
        }
        if let word = Word(rawValue: text) ?? Word(rawValue: text.uppercased()) ?? Word(rawValue: text.lowercased()) {
            return word
        }
        throw CommandFailure(
            "\(command) takes one of \(words.joined(separator: ", ")), not “\(text)”\(NearestName.hint(text, among: words))"
        )
    }
}
