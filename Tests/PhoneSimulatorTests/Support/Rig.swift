import Foundation
import TestSupport
import Testing

@testable import PhoneSimulator

/// One simulator with one phone, on a fast clock, for the length of a test.
struct Rig: Sendable {
    let simulator: PhoneSimulator
    let phone: RunningPhone

    static let start = Date(timeIntervalSince1970: 1_800_000_000)

    /// Virtual seconds pass `scale` times as fast as real ones.
    static func with(
        _ spec: SimulatedPhoneSpec = .gxp(name: "desk", passcode: "s3cret"), scale: Double = 1,
        farEnds: FarEndTable = .standard, _ test: @Sendable (Rig) async throws -> Void
    ) async throws {
        let simulator = PhoneSimulator(clock: SimulatorClock(start: start, scale: scale), farEnds: farEnds)
        do {
            let phones = try await simulator.start([spec])
            try await test(Rig(simulator: simulator, phone: #require(phones.first)))
        } catch {
            await simulator.stop()
            throw error
        }
        await simulator.stop()
    }

    /// The body of the answer to a function with the right passcode.
    func body(_ function: String, _ parameters: String = "") async throws -> String {
        try await get(function, parameters).body
    }

    func get(_ function: String, _ parameters: String = "") async throws -> WireAnswer {
        try await WireClient.get(path(function, parameters), at: phone.address)
    }

    func path(_ function: String, _ parameters: String = "") -> String {
        "/cgi-bin/\(function)?passcode=\(phone.passcode)" + (parameters.isEmpty ? "" : "&" + parameters)
    }

    /// The state of a line, from 1.
    func state(_ line: Int = 1, handset: Int? = nil) async throws -> SimulatedLineState? {
        try await simulator.lineStates(of: phone.name).first { $0.line == line && $0.handset == handset }?.state
    }

    /// Waits until a line shows a state.
    func wait(
        for state: SimulatedLineState, line: Int = 1, handset: Int? = nil
    ) async throws {
        try await wait("line \(line) to be \(state)") {
            try await self.state(line, handset: handset) == state
        }
    }

    /// Waits until something holds.
    func wait(_ what: String, until holds: () async throws -> Bool) async throws {
        try await TestSupport.wait(for: what, until: holds)
    }
}
