import Campaigns
import Dialer
import Foundation
import PhoneSimulator
import Proving
import Testing

/// The short form of `make soak`: a minute of campaign.
@Suite("A soak") struct SoakTests {
    @Test("a minute of campaign with faults on 5 % of requests breaks no promise and leaves no station stuck")
    func minute() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let start = Instant(Date())
        let floor = SoakFloor(bases: 1, desks: 10, truthLog: folder.appendingPathComponent("truth.jsonl"))
        let (simulator, yaml) = try await floor.start(clock: .rehearsal(from: start, scale: 2))
        let soak = try SoakRun(
            folder: folder, yaml: yaml, stations: floor.stations, duration: .seconds(60),
            clock: DialerClock.rehearsal(from: start, scale: 2))
        try await soak.run(for: .seconds(60))
        let truth = await simulator.truthLog()
        await simulator.stop()
        let result = try soak.result(truth: truth)
        #expect(result.problems.isEmpty, "\(result.problems.joined(separator: "\n"))")
        // How many calls a minute holds, the machine decides.
        #expect(result.calls > 0)
    }
}
