import CPhoneNumbers

/// The numbering plan of a region as the library's metadata has it, ready to be asked quickly. The library stays the
/// authority: the patterns and the order in which they are asked are its own, and a test compares the answers.
struct RegionPlan: Sendable {
    /// The numbers of one kind.
    struct Range: Sendable {
        let pattern: DigitPattern?
        /// Bit n: n digits are possible; nil where the metadata does not say.
        let lengths: UInt32?
        let localLengths: UInt32

        /// Whether the digits are of the kind.
        func contains(_ digits: UnsafeBufferPointer<UInt8>) -> Bool {
            if let lengths, lengths & (1 << UInt32(digits.count)) == 0 { return false }
            return pattern?.matches(digits) ?? false
        }
    }

    /// Nil for the plans of no country.
    let region: String?
    let callingCode: Int
    let general: Range
    /// Kinds in the order in which the library asks them.
    private let special: [(kind: NumberKind, range: Range)]
    private let fixedLine: Range
    private let mobile: Range
    private let mobileIsFixedLine: Bool
    /// Nil where a prefix is replaced by other digits, or its pattern is beyond us.
    let nationalPrefix: Prefix?
    let internationalPrefix: DigitPattern?
    let leadingDigits: DigitPattern?

    /// What is dialled before a national number.
    enum Prefix: Sendable {
        case none
        case pattern(DigitPattern)
    }

    private static let order: [(NumberKind, cpn_kind)] = [
        (.premiumRate, CPN_KIND_PREMIUM_RATE), (.tollFree, CPN_KIND_TOLL_FREE), (.sharedCost, CPN_KIND_SHARED_COST),
        (.voip, CPN_KIND_VOIP), (.personal, CPN_KIND_PERSONAL), (.pager, CPN_KIND_PAGER), (.uan, CPN_KIND_UAN),
        (.voicemail, CPN_KIND_VOICEMAIL),
    ]

    /// Nil where a pattern cannot be compiled; the library is asked itself then.
    init?(_ plan: cpn_plan, patterns: inout [String: DigitPattern]) {
        var failed = false
        func pattern(_ text: UnsafePointer<CChar>) -> DigitPattern? {
            let text = String(cString: text)
            if text.isEmpty { return nil }
            if let known = patterns[text] { return known }
            let compiled = DigitPattern(text)
            patterns[text] = compiled
            return compiled
        }
        func range(_ range: cpn_range) -> Range {
            let compiled = pattern(range.pattern)
            if compiled == nil, range.pattern.pointee != 0 { failed = true }
            return Range(
                pattern: compiled, lengths: range.has_lengths ? range.lengths : nil, localLengths: range.local_lengths)
        }
        let name = String(cString: plan.region)
        region = name == "001" ? nil : name
        callingCode = Int(plan.calling_code)
        general = range(plan.general)
        var plan = plan
        let ranges = withUnsafeBytes(of: &plan.ranges) { Array($0.bindMemory(to: cpn_range.self)) }
        special = Self.order.map { ($0.0, range(ranges[Int($0.1.rawValue)])) }
        fixedLine = range(ranges[Int(CPN_KIND_FIXED_LINE.rawValue)])
        mobile = range(ranges[Int(CPN_KIND_MOBILE.rawValue)])
        mobileIsFixedLine = plan.mobile_is_fixed_line
        internationalPrefix = pattern(plan.international_prefix)
        leadingDigits = pattern(plan.leading_digits)
        if plan.leading_digits.pointee != 0, leadingDigits == nil { failed = true }
        if plan.national_prefix.pointee == 0 {
            nationalPrefix = Prefix.none
        } else {
            nationalPrefix = plan.transforms_prefix ? nil : pattern(plan.national_prefix).map(Prefix.pattern)
        }
        if failed { return nil }
    }

    /// The kind of a national number; nil if it is in no range that is in use.
    func kind(of digits: UnsafeBufferPointer<UInt8>) -> NumberKind? {
        guard general.contains(digits) else { return nil }
        if let found = special.first(where: { $0.range.contains(digits) }) { return found.kind }
        if fixedLine.contains(digits) {
            return mobileIsFixedLine || mobile.contains(digits) ? .fixedLineOrMobile : .fixedLine
        }
        return !mobileIsFixedLine && mobile.contains(digits) ? .mobile : nil
    }

    /// A national number without its prefix; nil where only the library can tell.
    func withoutPrefix(_ digits: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
        switch nationalPrefix {
        case nil: return nil
        case Prefix.none?: return digits
        case .pattern(let pattern)?:
            guard let prefix = pattern.prefix(of: digits) else { return digits }
            guard prefix.isOnly else { return nil }
            let rest = UnsafeBufferPointer(rebasing: digits[prefix.count...])
            guard let viable = general.pattern else { return nil }
            // A number that was one before and is none after keeps its first digits.
            return viable.matches(digits) && !viable.matches(rest) ? digits : rest
        }
    }
}
