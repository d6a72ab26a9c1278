import Testing

@testable import PhoneSimulator

@Suite("Whatever is done to a station")
struct StationInvariantsTests {
    private static let keys = [
        "1", "0:6", "0:7", "0:3", "SEND", "LINE1", "LINE2", "LINE3", "HOLD", "ONHOOK", "OFFHOOK", "SPEAKER", "MUTE",
        "DND", "2:0:2:SEND", "2:0:8:SEND", "LINE2:2:0:6:SEND",
    ]

    @Test(
        "It has one talk at most, a call on each line in use, and ends each call once",
        arguments: 1...20 as ClosedRange<UInt64>)
    func invariants(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var bench = Bench(seed: seed) { $0.failedShows = seed.isMultiple(of: 2) ? nil : 2 }
        for _ in 0..<500 {
            switch Int.random(in: 0..<6, using: &generator) {
            case 0, 1: bench.press(Self.keys.randomElement(using: &generator) ?? "SEND")
            case 2:
                let operation = LineOperation.allCases.randomElement(using: &generator) ?? .cancel
                _ = bench.perform(operation, line: Bool.random(using: &generator) ? nil : 2)
            case 3: bench.ring(for: 20, talks: 40)
            default: bench.pass(Double.random(in: 0...4, using: &generator))
            }
            #expect(bench.station.lines.filter { $0.state == .connected }.count <= 1)
            for line in bench.station.lines {
                #expect((line.call == nil) == [.idle, .dialing].contains(line.state))
            }
            #expect(bench.station.lines[bench.station.activeLine].state != .idle || !bench.station.isBusy)
        }
        bench.station.losePower(at: bench.now)
        bench.pass(1000)
        var open: Set<Int> = []
        var seen: Set<Int> = []
        for event in bench.events {
            switch event {
            case .started(let call, _, _, _):
                #expect(seen.insert(call.id).inserted)
                open.insert(call.id)
            case .answered(let call, _, _): #expect(open.contains(call.id))
            case .ended(let call, _, _, _): #expect(open.remove(call.id) != nil)
            default: break
            }
        }
        #expect(open.isEmpty)
        #expect(seen.count > 10)
        #expect(!bench.station.isBusy)
    }
}
