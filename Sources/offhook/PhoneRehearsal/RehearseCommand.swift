import ArgumentParser
import CampaignStore
import Campaigns
import Dialer
import Foundation
import PhoneSimulator
import Supervision

/// `offhook rehearse`: one's own campaign and list against virtual phones, on any day.
struct RehearseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rehearse",
        abstract:
            "Watch your own campaign dial virtual phones on any day; no real call is placed and nothing is changed.",
        discussion: """
            It works on a copy of the database, which is deleted afterwards: the database itself is only read, also while an engine dials
            from it. The clock begins where you say: before a clock change, on a holiday, on the first day of a rule. Lists, do-not-call
            entries, caps and callbacks count as they are. For each station that serves the campaign a virtual phone answers on this
            computer, with answers by chance as in the demo; no real phone, webhook, mail or other address is contacted.

            It ends when the list is done, at --until, or with the hours of its first day, and shows outcomes by hour and compliance.
            Times without an offset are read on the clock of --zone, else of the campaign's time_zone, else of most of its contacts.
            """)
    /// Speeds that a computer and the engine's timers can follow at all.
    static let speeds = 1.0...100.0

    @OptionGroup var database: DatabaseOptions
    @Option(help: "The campaign, with its lists as they are.") var campaign: String
    @Option(help: "When the clock begins: 2026-12-23T09:00, or with an offset 2026-12-23T09:00-05:00 or …Z.")
    var from: String
    @Option(help: "When it ends: a time as for --from, or how long, such as 8h. By default with the hours of that day.")
    var until: String?
    @Option(help: "How much faster than real time the clock runs, 1 to 100.") var speed = 20.0
    @Option(help: "How many virtual stations; by default those that serve the campaign.") var stations: Int?
    @Option(help: "Whose clock times are read and shown on, such as America/New_York.") var zone: String?
    @Option(
        help: ArgumentHelp(
            "Keep the copy as it is at the end, for further reports; the file must not exist yet.", valueName: "FILE"))
    var keep: String?
    @OptionGroup var logOptions: LogOptions

    func validate() throws {
        guard Self.speeds.contains(speed) else { throw ValidationError("--speed takes 1 to 100.") }
        if let stations, !(1...RehearsalPhones.most).contains(stations) {
            throw ValidationError("--stations takes 1 to \(RehearsalPhones.most).")
        }
    }

    func run() async throws {
        try DescriptorRoom.make()
        let log = try logOptions.start(besides: database.path)
        try checkKeep()
        let share = try ShareDirectory.data()
        let folder = try RehearsalFolder()
        defer { folder.remove() }
        let stop = RehearsalStop(folder)
        // From here on there is something to delete.
        let interrupts = Interrupts(onHangUp: log.onHangUp) { stop.asked($0, log) }
        defer { interrupts.cancel() }
        guard FileManager.default.fileExists(atPath: database.path) else { throw database.missing }
        try RehearsalCopy.make(of: database.path, at: folder.database)
        let floor = try await RehearsalFloor(
            RehearsalFloor.Plan(
                campaign: campaign, from: from, until: until, zone: zone, stations: stations, speed: speed),
            copy: folder.database, share: share, now: database.now)
        announce(floor)
        do {
            let session = RehearsalSession(floor: floor, speed: speed, share: share, log: log, stop: stop)
            let ended = try await session.run()
            try keepCopy(of: floor, at: ended)
        } catch {
            await floor.simulator.stop()
            throw error
        }
        await floor.simulator.stop()
    }

    private func announce(_ floor: RehearsalFloor) {
        Console.say(
            "A rehearsal of “\(campaign)” on a copy of \(database.path): \(floor.stations.count) virtual stations answer on this computer, and no real call is placed."
        )
        for note in floor.notes { Console.say("\(note)") }
    }

    /// Refuses a file for the copy before anything is rehearsed.
    private func checkKeep() throws {
        guard let keep else { return }
        try OwnFiles.refuse(keep, of: database.path)
        guard !FileManager.default.fileExists(atPath: keep) else {
            throw CommandFailure("--keep: there is a file \(keep) already; give the copy another name.")
        }
        let place = URL(fileURLWithPath: keep).deletingLastPathComponent().path
        guard FileManager.default.isWritableFile(atPath: place) else {
            throw CommandFailure("--keep: nothing can be written in \(place); check the folder and its permissions.")
        }
    }

    /// Keeps the copy: without phones, its campaigns paused, and closed as every copy that does not know the real calls since.
    private func keepCopy(of floor: RehearsalFloor, at ended: Instant) throws {
        guard let keep else { return Console.say("The copy of the database is deleted.") }
        _ = try floor.store.applyDevices([], at: ended)
        _ = try floor.store.backUp(to: keep, at: ended)
        Console.say(
            "The copy is kept in \(keep), with all data of your contacts. Look further: offhook report attempts --db \(keep)"
        )
    }
}
