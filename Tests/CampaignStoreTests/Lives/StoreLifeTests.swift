import Foundation
import Testing

/// Random lives through the real store: its selection, its intent and its settling, against an independent checker.
@Suite("Properties of the store") struct StoreLifeTests {
    /// `OFFHOOK_STORE_LIVES` sets how many.
    static let lives = ProcessInfo.processInfo.environment["OFFHOOK_STORE_LIVES"].flatMap { UInt64($0) } ?? 200
    static let parts: UInt64 = 20

    @Test(
        "no call outside a window, over a cap, to a suppressed number or too soon, restarts included; and nobody is parked for ever",
        arguments: 0..<parts)
    func lives(part: UInt64) throws {
        let share = max(Self.lives / Self.parts, 1)
        var calls = 0
        var faults: [String] = []
        for seed in part * share..<(part + 1) * share {
            let life = try StoreLife(seed: 1_000_000 + seed)
            try life.run()
            calls += life.calls
            faults += life.faults
        }
        #expect(faults.isEmpty, "\(faults.count) faults: \(faults.prefix(3))")
        #expect(calls > Int(share) * 3, "the lives must have calls in them")
    }
}
