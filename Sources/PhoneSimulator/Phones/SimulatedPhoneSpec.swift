/// A phone to start.
public struct SimulatedPhoneSpec: Sendable, Equatable {
    /// Its name, unique in a simulator.
    public let name: String
    /// Its family.
    public let family: SimulatedFamily
    /// Lines of the phone, 3 to 8, or of each handset, always 10.
    public let lines: Int
    /// Handsets paired with the base, 0 to 10; 0 on a GXP phone.
    public let handsets: Int
    /// The admin passcode.
    public let passcode: String
    /// How it behaves at first.
    public let behaviour: PhoneBehaviour

    /// A GXP desk phone with 3 to 8 lines.
    public static func gxp(
        name: String, lines: Int = 3, passcode: String, behaviour: PhoneBehaviour = .init()
    ) -> Self {
        Self(name: name, family: .gxp, lines: lines, handsets: 0, passcode: passcode, behaviour: behaviour)
    }

    /// A DP base on which `handsets` (0 to 10) are paired. It has places for 5, or for as many as are paired. Each
    /// handset has the ten lines of the guide's example.
    public static func dp(
        name: String, handsets: Int, passcode: String, behaviour: PhoneBehaviour = .init()
    ) -> Self {
        Self(name: name, family: .dp, lines: 10, handsets: handsets, passcode: passcode, behaviour: behaviour)
    }

    func check() throws(PhoneSimulatorError) {
        if name.isEmpty {
            throw .invalidSpec(phone: name, reason: "its name is empty")
        }
        if passcode.isEmpty {
            throw .invalidSpec(phone: name, reason: "its passcode is empty")
        }
        if family == .gxp, !(3...8).contains(lines) {
            throw .invalidSpec(phone: name, reason: "a GXP phone has 3 to 8 lines, not \(lines)")
        }
        if family == .dp, !(0...10).contains(handsets) {
            throw .invalidSpec(phone: name, reason: "a DP base has 0 to 10 handsets, not \(handsets)")
        }
    }
}
