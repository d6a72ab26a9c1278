/// A phone that runs, and how to reach it.
public struct RunningPhone: Sendable, Equatable {
    /// Its name.
    public let name: String
    /// Its family.
    public let family: SimulatedFamily
    /// Its address, for instance `http://127.0.0.1:40123`; it keeps it for life.
    public let address: String
    /// The admin passcode it was started with.
    public let passcode: String
    /// Lines of the phone, or of each handset.
    public let lines: Int
    /// The paired handsets, from 1; empty on a GXP phone.
    public let handsets: [Int]
}
