import ArgumentParser
import CampaignStore
import Campaigns
import Dialer
import Foundation
import GrandstreamCTI
import PhoneNumbers
import Reports

/// `offhook phones check`: what is wrong with each phone, and what to do about it.
struct PhonesCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Ask every phone for its lines: who answers, is idle, refuses us; with latency and what to do.",
        discussion: """
            With --learn it makes one call from a station to a number of yours and prints what phones.yaml needs to know of the words that
            the phone shows. No calling rule is asked for it: give a phone that is in your hand.
            A phone that refused the passcode is locked out and not asked again, since five refusals lock some phones, until
            offhook stations ready says that it is mended, or --again asks it once more.
            """)
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions
    @Option(help: "Make one test call to this number, and print the words of the line.") var learn: String?
    @Option(help: "Region in which a national number is read.") var region = "US"
    @Flag(help: "Ask phones that refused the passcode earlier once more.") var again = false
    @Argument(help: "Stations; patterns such as 'desk-*' too. None: all.") var names: [String] = []

    func run() async throws {
        let store = try database.open()
        var devices = try store.devices()
        guard !devices.isEmpty else {
            throw CommandFailure("There are no phones yet; run: offhook phones apply phones.yaml")
        }
        // A handset's refusal was its base's: it holds for those that are not asked for, too.
        let lockedOut = devices.reduce(into: [String: Instant]()) { lockedOut, device in
            lockedOut[device.name] = again ? nil : device.stations.compactMap(\.lockedOutAt).max()
        }
        if !names.isEmpty {
            for index in devices.indices {
                devices[index].stations.removeAll { station in !names.contains { Glob.matches(station.name, $0) } }
            }
            devices.removeAll { $0.stations.isEmpty }
            if devices.isEmpty {
                throw CommandFailure("No station fits \(names.joined(separator: " ")); see offhook stations list.")
            }
        }
        if let learn {
            if let device = devices.first, devices.count == 1, lockedOut[device.name] != nil {
                throw CommandFailure(
                    "\(device.name) refused the passcode earlier; mend it, then: offhook stations ready, or say --again."
                )
            }
            return try await self.learn(learn, devices, store)
        }
        try await check(devices, lockedOut: lockedOut, store)
    }

    private func check(
        _ devices: [StoredDevice], lockedOut: [String: Instant], _ store: CampaignStore
    ) async throws {
        let now = database.now
        let results = await withTaskGroup(of: [StationCheck].self) { group in
            for device in devices {
                group.addTask {
                    await StationCheck.check(
                        device, lockedOutAt: lockedOut[device.name], in: store,
                        environment: ProcessInfo.processInfo.environment, at: now
                    ) { Console.note("\($0)") }
                }
            }
            return await group.reduce(into: [StationCheck]()) { $0 += $1 }
        }
        let sorted = results.sorted { $0.station.localizedStandardCompare($1.station) == .orderedAscending }
        output.print(
            Table(
                columns: ["station", "result", "lines", "latency_ms", "detail", "advice"],
                rows: sorted.map { check in
                    [
                        .text(check.station), .text(check.result.rawValue), .text(check.lines),
                        Cell(check.milliseconds), .text(check.detail), .text(check.advice),
                    ]
                }), empty: "")
        noteClaims()
        let bad = sorted.filter { !$0.isGood }.count
        if bad > 0 {
            throw CommandFailure(
                "\(bad) of \(sorted.count) stations cannot dial now; the detail says why, the advice what to do.")
        }
    }

    /// Who would not see which phones an engine of this user drives.
    private func noteClaims() {
        do {
            let folder = try ClaimFolder.open(ProcessInfo.processInfo.environment)
            if folder.sharing != .everybody { Console.note("\(folder.notice)") }
        } catch {
            Console.note("\(error)")
        }
    }

    private func learn(_ text: String, _ devices: [StoredDevice], _ store: CampaignStore) async throws {
        guard devices.count == 1, let device = devices.first, device.stations.count == 1,
            let station = device.stations.first
        else { throw CommandFailure("--learn takes one station: offhook phones check NAME --learn NUMBER") }
        guard !EngineLock.isHeld(database: database.path) else {
            throw CommandFailure(
                "A running engine holds the station \(station.name); stop it, or learn when it has ended.")
        }
        // Held for the call, so that no engine starts beside it.
        let lock = try EngineLock(database: database.path)
        let number: PhoneNumber
        switch NumberReader().read(text, region: region.uppercased()) {
        case .success(let reading): number = reading.number
        case .failure(let problem): throw CommandFailure("“\(text)”: \(problem)")
        }
        let lesson = try await LearnCall(store: store, device: device, station: station, number: number)
            .run(at: database.now)
        withExtendedLifetime(lock) { Console.say(layout: lesson.advice) }
    }
}
