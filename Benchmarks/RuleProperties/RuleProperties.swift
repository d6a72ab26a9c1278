import Foundation
import RuleProperties

/// The long form of the property tests: `offhook-property [CASES] [FIRST-SEED]`, by default a million.
@main
struct RulePropertiesRun {
    static func main() async {
        let arguments = CommandLine.arguments.dropFirst().compactMap { UInt64($0) }
        let cases = arguments.first ?? 1_000_000
        let first = arguments.dropFirst().first ?? 1_000_000_000
        let started = ContinuousClock.now
        let block: UInt64 = 1000
        let starts = stride(from: first, to: first + cases, by: Int(block))
        let total = await withTaskGroup(of: CampaignLife.Result.self) { group in
            for start in starts {
                group.addTask { CampaignLife.live(start..<min(start + block, first + cases)) }
            }
            var total = CampaignLife.Result()
            for await part in group {
                total.lives += part.lives
                total.calls += part.calls
                total.looks += part.looks
                total.faults += part.faults
            }
            return total
        }
        let seconds = (ContinuousClock.now - started).components.seconds
        print(
            "\(total.lives) cases, \(total.calls) calls, \(total.looks) moments looked at, \(total.faults.count) faults, \(seconds) s"
        )
        total.faults.prefix(20).forEach { print($0) }
        exit(total.faults.isEmpty ? 0 : 1)
    }
}
