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
        let command = try HandCommand(
            command, arguments, station: station.name, handset: station.handset, line: line, account: account
        ).parsed()
        if case .systemOperation(let operation) = command, !yes {
            throw CommandFailure(
                "system \(operation.rawValue) ends every call on the phone; add --yes if you mean it.")
        }
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
        Console.json(String(decoding: try encoder.encode(result.get()), as: UTF8.self))
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
}
