/// What one device family takes in a request, as values, so that no command asks which family it is talking to.
struct FamilyProfile: Sendable {
    /// How a sentence names a device of this family.
    let title: String
    /// The lines a request may name.
    let lines: ClosedRange<Int>
    /// Whether make call and send keys must name a handset (`hs=`); where false they must not.
    let addressesHandsets: Bool
    /// Whether make call takes an `account=`.
    let makeCallTakesAccount: Bool

    static func of(_ family: DeviceFamily) -> FamilyProfile {
        switch family {
        case .gxp: gxp
        case .dp: dp
        }
    }

    /// Guide, chapter "Sending Keys Functions": LINE[1-8]. The account of make call is what newer GXP firmware takes.
    private static let gxp = FamilyProfile(
        title: "a GXP phone", lines: 1...8, addressesHandsets: false, makeCallTakesAccount: true)

    /// Guide, chapter "Handset Line Status": the answer lists Line1 to Line10.
    private static let dp = FamilyProfile(
        title: "a DP base", lines: 1...10, addressesHandsets: true, makeCallTakesAccount: false)
}
