import CallingRules
import CampaignStore
import Campaigns
import Foundation
import Proving
import Testing

@testable import Dialer

@Suite("The size of the database's log") struct WriteAheadLogWatchTests {
    private let start = Instant(milliseconds: 1_773_151_200_000)

    private func log(megabytes: Int) -> WriteAheadLog { WriteAheadLog(path: "x", bytes: megabytes << 20) }

    @Test("a crossing is told once, with the time since which it grew, and again only after it was small")
    func crossing() {
        var watch = WriteAheadLogWatch()
        let at = { (minutes: Int64) in start + .seconds(minutes * 60) }
        #expect(watch.look(at: log(megabytes: 40), at: at(0)) == nil)
        #expect(watch.look(at: log(megabytes: 41), at: at(1)) == nil)
        #expect(watch.look(at: log(megabytes: 200), at: at(2)) == nil)
        #expect(watch.look(at: log(megabytes: 300), at: at(3)) == .large(since: at(1)))
        #expect(watch.look(at: log(megabytes: 900), at: at(4)) == nil)
        #expect(watch.look(at: log(megabytes: 200), at: at(5)) == nil)
        #expect(watch.look(at: log(megabytes: 300), at: at(6)) == nil)
        #expect(watch.look(at: log(megabytes: 64), at: at(7)) == .small)
        #expect(watch.look(at: log(megabytes: 256), at: at(8)) == .large(since: at(7)))
    }

    @Test("it is looked at every few seconds at most")
    func interval() {
        var watch = WriteAheadLogWatch()
        let due = [0, 4999, 5000, 5001].map { watch.isDue(at: start + .milliseconds($0)) }
        #expect(due == [true, false, true, false])
    }

    @Test("an engine warns once, with the file, its size and what to do")
    func warns() async throws {
        let scratch = try ScratchStore()
        try scratch.store.setSetting("a", to: "b")
        let path = scratch.store.path + "-wal"
        // SQLite knows how far its log goes; a longer file changes nothing for it, and takes no room.
        #expect(truncate(path, off_t(300 << 20)) == 0)
        let heard = HeardLog()
        let clock = DialerClock(startingAt: start, scale: 10_000)
        let engine = try DialerEngine(
            store: scratch.store, clock: clock, options: EngineOptions(packs: ["none": .none]), logger: heard.logger)
        for _ in 0..<3 {
            await engine.lookAtWriteAheadLog()
            let next = clock.now() + .seconds(6)
            while clock.now() < next { await Task.yield() }
        }
        let lines = heard.lines.filter { $0.contains("-wal") }
        #expect(lines.count == 1)
        #expect(lines.first?.contains("\(path) has grown to 300 MB since 2026-03-10") == true, "\(lines)")
        #expect(lines.first?.contains("close it") == true && heard.subsystems.contains("store"))
        try scratch.store.setSetting("a", to: "c")
        #expect(try scratch.store.problems() == [])
    }
}
