import Foundation
import Testing

/// Other programs strain the database of a running dialer with ordinary means: nothing is lost, nobody is called unrecorded.
///
/// `OFFHOOK_PRESSURE=long` takes the sizes of the long form, one campaign for each strain, and holds the dialer to its times.
@Suite("A database under pressure", .serialized) struct PressureTests {
    static let isLong = ProcessInfo.processInfo.environment["OFFHOOK_PRESSURE"] == "long"

    /// One after the other on one campaign, or each on its own.
    static let strains: [[Pressure]] =
        isLong
        ? [
            [.foreignLock(300)], [.foreignLock(1000)], [.foreignLock(4000)], [.foreignLock(10_000)], [.list(400_000)],
            [.registry(600_000)], [.undo(400_000)], [.erasure], [.fullDisk], [.commands(20, rounds: 60)],
        ]
        : [
            [
                .foreignLock(300), .foreignLock(1000), .list(5000), .registry(5000), .undo(2000), .erasure,
                .commands(5, rounds: 2),
            ]
        ]

    @Test(
        "calls and attempts agree, the log is the one on disk, and what was confirmed is there after a kill",
        .timeLimit(.minutes(15)), arguments: strains)
    func strained(pressures: [Pressure]) async throws {
        let isOnSmallDisk = pressures.contains { if case .fullDisk = $0 { true } else { false } }
        guard !isOnSmallDisk || geteuid() == 0 else { return }
        let campaign = try await PressedCampaign(contacts: 4000, smallDisk: isOnSmallDisk)
        for pressure in pressures {
            try await campaign.apply(pressure)
            try await campaign.openAndClose()
        }
        try await campaign.killAndSettle()
        let problems = try await campaign.problems()
        #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
        let gap = try campaign.longestGap()
        let what = pressures.map(\.description).joined(separator: ", ")
        print("pressure: \(what): \(problems.count) problems, longest gap in dialing \(gap) ms")
        if Self.isLong {
            #expect(gap <= (pressures.map(\.standstill).max() ?? 0) + 2000, "\(what): nobody was dialed for \(gap) ms")
        }
    }
}
