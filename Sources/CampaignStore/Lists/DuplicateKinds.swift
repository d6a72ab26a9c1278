/// What the duplicates of a list duplicate.
public struct DuplicateKinds: Sendable, Hashable {
    /// Another row of the same file.
    public var inFile = 0
    /// A contact that the campaign has.
    public var inCampaign = 0
    /// A contact of another campaign.
    public var elsewhere = 0

    /// Nothing counted.
    public init() {}

    static func += (left: inout DuplicateKinds, right: DuplicateKinds) {
        left.inFile += right.inFile
        left.inCampaign += right.inCampaign
        left.elsewhere += right.elsewhere
    }
}
