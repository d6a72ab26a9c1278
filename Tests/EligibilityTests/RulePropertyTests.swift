import Foundation
import RuleProperties
import Testing

/// Random campaigns, people, zones, histories, restarts and clock changes, against an independent checker.
@Suite("Properties of the rules") struct RulePropertyTests {
    /// `OFFHOOK_PROPERTY_CASES` sets how many in this build; `make test` goes on with 50,000 others in a release build, and
    /// `make property` with a million.
    static let cases = ProcessInfo.processInfo.environment["OFFHOOK_PROPERTY_CASES"].flatMap { UInt64($0) } ?? 2000
    static let parts: UInt64 = 50

    @Test(
        "no call outside a window, over a cap, to a suppressed number or nearer than the policy's delay; and nobody starves",
        arguments: 0..<parts)
    func lives(part: UInt64) {
        let share = Self.cases / Self.parts
        let result = CampaignLife.live(part * share..<(part + 1) * share)
        #expect(result.faults.isEmpty, "\(result.faults.count) faults: \(result.faults.prefix(3))")
        #expect(result.calls > Int(share) / 4, "the lives must have calls in them")
    }
}
