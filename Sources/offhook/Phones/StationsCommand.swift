import ArgumentParser
import CampaignStore
import Campaigns
import Dialer
import Reports

/// `offhook stations`: pause and ready, from any terminal.
struct StationsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stations", abstract: "The places where calls happen: list, pause, make ready.",
        subcommands: [List.self, Pause.self, Ready.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "All stations, and what people have said of them.")
        @OptionGroup var database: DatabaseOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let rows = try database.openToRead().devices().flatMap { device in
                device.stations.map { station -> [Cell] in
                    let state =
                        station.lockedOutAt != nil ? "locked out" : station.pausedReason != nil ? "paused" : "ready"
                    return [
                        .text(station.name), .text(device.name), .text(state), Cell(station.pausedReason),
                        Cell(station.agent),
                    ]
                }
            }
            output.print(
                Table(columns: ["station", "phone", "state", "reason", "agent"], rows: rows),
                empty: "There are no stations yet; run: offhook phones apply phones.yaml")
        }
    }

    struct Pause: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Pause stations; a running call goes on, no further one is placed. A running engine notices within a second."
        )
        @OptionGroup var database: DatabaseOptions
        @Option(help: "Why, as others will read it.") var reason = "paused by hand"
        @Argument(help: "Station names; patterns such as 'desk-*' too.") var names: [String]

        func run() async throws {
            try StationsCommand.set(reason, names, database)
        }
    }

    struct Ready: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make stations ready again; also says that a locked-out phone's passcode is right now.")
        @OptionGroup var database: DatabaseOptions
        @Argument(help: "Station names; patterns such as 'desk-*' too.") var names: [String]

        func run() async throws {
            try StationsCommand.set(nil, names, database)
        }
    }

    private static func set(_ reason: String?, _ names: [String], _ database: DatabaseOptions) throws {
        let store = try database.open()
        let known = try store.devices().flatMap { $0.stations.map(\.name) }
        for name in names {
            let matching = known.filter { Glob.matches($0, name) }
            for station in matching.isEmpty ? [name] : matching {
                try store.setPause(reason, station: station, at: database.now)
                Console.say("\(station): \(reason.map { "paused (\($0))" } ?? "ready")")
            }
        }
    }
}
