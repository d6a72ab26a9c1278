/// What a number is for, as far as its digits tell. Numbers are ported and forwarded, so it is a hint, no proof.
public enum NumberKind: String, Sendable, Codable, CaseIterable {
    case fixedLine = "fixed_line"
    case mobile
    /// Regions like the US, where the two look alike.
    case fixedLineOrMobile = "fixed_line_or_mobile"
    case tollFree = "toll_free"
    case premiumRate = "premium_rate"
    case sharedCost = "shared_cost"
    case voip
    /// A personal number that follows its holder.
    case personal
    case pager
    /// A universal access number: one company number for many offices.
    case uan
    case voicemail
    case unknown
}
