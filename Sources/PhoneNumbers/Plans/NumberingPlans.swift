import CPhoneNumbers
import Synchronization

/// The numbering plans of the installed library, each made ready when the first number of its calling code comes by.
///
/// One for the process, as the library's metadata is: it is read from it and never changes.
final class NumberingPlans: Sendable {
    static let installed = NumberingPlans()

    /// The plans of a calling code in the order in which the library asks them, the main region first.
    struct CallingCode: Sendable {
        let plans: [RegionPlan]
        /// The first; it decides which lengths are possible.
        let main: RegionPlan

        /// The plan that a national number belongs to; nil if none of several claims it.
        func plan(of digits: UnsafeBufferPointer<UInt8>) -> RegionPlan? {
            if plans.count == 1 { return main }
            return plans.first { plan in
                if let leading = plan.leadingDigits { return leading.prefix(of: digits) != nil }
                return plan.kind(of: digits) != nil
            }
        }

        func plan(ofRegion region: String) -> RegionPlan? {
            plans.first { $0.region == region }
        }
    }

    private struct State {
        var patterns: [String: DigitPattern] = [:]
        /// Nil inside: it cannot be made ready, the library has to be asked.
        var codes: [Int: CallingCode?] = [:]
    }

    private let indexes: [Int: [Int32]]
    private let codeByRegion: [String: Int]
    private let state = Mutex(State())

    private init() {
        var indexes: [Int: [Int32]] = [:]
        var codeByRegion: [String: Int] = [:]
        var plan = cpn_plan()
        for index in 0..<cpn_plan_count() where cpn_plan_at(index, &plan) {
            indexes[Int(plan.calling_code), default: []].append(index)
            codeByRegion[String(cString: plan.region)] = Int(plan.calling_code)
        }
        self.indexes = indexes
        self.codeByRegion = codeByRegion
    }

    /// Whether a calling code is in use.
    func isInUse(_ callingCode: Int) -> Bool { indexes[callingCode] != nil }

    /// The calling code of a region, upper case.
    func callingCode(ofRegion region: String) -> Int? { codeByRegion[region] }

    /// How many of a number's first digits are its calling code.
    static func codeLength(of digits: Int64) -> Int {
        let text = "\(digits)"
        return (1...3).first { installed.isInUse(Int(text.prefix($0)) ?? 0) } ?? 3
    }

    /// The plans of a calling code; nil where the library has to be asked itself.
    func plans(ofCallingCode code: Int) -> CallingCode? {
        state.withLock { state in
            if let known = state.codes[code] { return known }
            let made = make(code, &state.patterns)
            state.codes[code] = .some(made)
            return made
        }
    }

    private func make(_ code: Int, _ patterns: inout [String: DigitPattern]) -> CallingCode? {
        let order = LibPhoneNumber.regions(ofCallingCode: code)
        var plans: [(place: Int, plan: RegionPlan)] = []
        var raw = cpn_plan()
        for index in indexes[code] ?? [] {
            guard cpn_plan_at(index, &raw), let plan = RegionPlan(raw, patterns: &patterns) else { return nil }
            plans.append((order.firstIndex(of: plan.region ?? "001") ?? Int.max, plan))
        }
        plans.sort { $0.place < $1.place }
        guard let main = plans.first?.plan else { return nil }
        return CallingCode(plans: plans.map(\.plan), main: main)
    }
}
