import Foundation
import PhoneSimulator

/// Many virtual phones with faults on one request in twenty.
public struct SoakFloor: Sendable {
    /// DP bases of ten handsets each.
    public var bases: Int
    /// GXP desk phones.
    public var desks: Int
    /// Where the truth log goes; calls alone are kept.
    public var truthLog: URL

    /// A floor of so many phones.
    public init(bases: Int, desks: Int, truthLog: URL) {
        self.bases = bases
        self.desks = desks
        self.truthLog = truthLog
    }

    /// Stations in all.
    public var stations: Int { bases * 10 + desks }

    /// What strikes every twentieth request of a phone; each phone has one of these.
    static let faults: [RequestFault.Kind] = [
        .drop, .lose, .cut, .reset, .html, .wrongJSON, .wrongTypes, .truncatedJSON, .huge(bytes: 100_000),
        .redirect(to: "http://127.0.0.1:9/"),
    ]

    /// Calls of 4 to 40 s, with every kind of far end.
    static let farEnds = FarEndTable(
        byLastTwoDigits: [:],
        others: [
            .init(0.35, .answers(rings: span(1, 8), talks: span(5, 25))),
            .init(0.15, .answers(rings: 0, talks: span(0.05, 2))), .init(0.15, .fails(code: 486)),
            .init(0.15, .fails(code: 480, rings: span(3, 10))), .init(0.20, .ringsForEver),
        ])

    private static func span(_ shortest: Double, _ longest: Double) -> SecondsRange {
        SecondsRange(shortest, longest) ?? SecondsRange(floatLiteral: longest)
    }

    /// Starts the phones.
    ///
    /// - Returns: the simulator, and the phones.yaml of its phones.
    public func start(clock: SimulatorClock) async throws -> (simulator: PhoneSimulator, yaml: String) {
        let simulator = PhoneSimulator(
            clock: clock, seed: 9, farEnds: Self.farEnds, truthLogFile: truthLog, keepsCallsOnly: true)
        let specs =
            (0..<bases).map {
                SimulatedPhoneSpec.dp(
                    name: "base-\($0 + 1)", handsets: 10, passcode: "soak", behaviour: Self.behaviour($0))
            }
            + (0..<desks).map {
                SimulatedPhoneSpec.gxp(name: "desk-\($0 + 1)", passcode: "soak", behaviour: Self.behaviour($0))
            }
        let phones = try await simulator.start(specs)
        return (simulator, PhoneSimulator.phonesYAML(for: phones))
    }

    private static func behaviour(_ index: Int) -> PhoneBehaviour {
        var behaviour = PhoneBehaviour()
        behaviour.agentHangsUpAfter = 20
        behaviour.callerGivesUpAfter = 60
        behaviour.jitter = 0.02
        behaviour.faults = [
            RequestFault(faults[index % faults.count], every: 20),
            // A phone that is silent holds its own queue up for seconds, and nobody else's.
            RequestFault(.stall(commandActs: true), every: 500),
        ]
        return behaviour
    }
}
