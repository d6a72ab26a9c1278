import CampaignStore
import Campaigns
import Dialer
import PhoneNumbers
import Testing

/// A restart finds an attempt open: what the phone shows decides.
@Suite("After a restart") struct RestartTests {
    private let now = Instant(milliseconds: 1_773_151_200_000)

    private func open(
        line: Int? = nil, connected: Bool = false, before: [Int] = [1, 2], isFromBackup: Bool = false
    ) throws -> OpenAttempt {
        OpenAttempt(
            id: AttemptID(1), campaign: nil, contact: nil, number: try #require(PhoneNumber(e164: "+12125550301")),
            dialled: "2125550301", station: "s", phase: connected ? .connected : .intended,
            linesBefore: before.map { LineWord(line: $0, word: "idle") }, line: line,
            intendedAt: now - .seconds(60), connectedAt: connected ? now - .seconds(40) : nil, outcome: nil,
            isFromBackup: isFromBackup)
    }

    private func watch(_ open: OpenAttempt, _ family: PhoneFamily) -> CallWatch {
        CallWatch(restarted: open, family: family, ringTimeout: .seconds(25), words: WordMap(), at: now)
    }

    private func lines(_ shown: [(LinePhase, String?)]) -> [ObservedLine] {
        shown.enumerated().map {
            ObservedLine(
                line: $0.offset + 1, word: $0.element.0.rawValue, phase: $0.element.0, remoteNumber: $0.element.1)
        }
    }

    private func ended(_ actions: [WatchAction]) throws -> CallEnding {
        let endings = actions.compactMap { action -> CallEnding? in
            if case .finished(let ending) = action { ending } else { nil }
        }
        return try #require(endings.first)
    }

    @Test("all lines idle: a call may have been, its end is unknown", arguments: PhoneFamily.allCases)
    func idle(family: PhoneFamily) throws {
        var watch = watch(try open(), family)
        let ending = try ended(watch.linesSeen(lines([(.idle, ""), (.idle, "")]), at: now))
        #expect(ending.outcome == .unknown)
        #expect(ending.evidence.notes == [.foundIdleAtRestart])
    }

    @Test("a GXP line that shows our number is taken over, and cancelled at the ring timeout like any other")
    func takenOver() throws {
        var watch = watch(try open(), .gxp)
        #expect(watch.linesSeen(lines([(.idle, ""), (.calling, "12125550301")]), at: now) == [.seen(line: 2)])
        #expect(!watch.isReconciling)
        let later = now + .seconds(25)
        #expect(watch.linesSeen(lines([(.idle, ""), (.calling, "12125550301")]), at: later) == [.cancel(line: 2)])
        watch.cancelAnswered(.accepted, at: later)
        let ending = try ended(watch.linesSeen(lines([(.idle, ""), (.idle, "")]), at: later + .seconds(1)))
        #expect(ending.outcome == .noAnswer)
        #expect(ending.evidence.notes.contains(.takenOver))
    }

    @Test("a call that was connected before goes on as connected, and does not step back")
    func connected() throws {
        var watch = watch(try open(line: 1, connected: true), .gxp)
        #expect(watch.linesSeen(lines([(.connected, "2125550301"), (.idle, "")]), at: now) == [])
        #expect(watch.isConnected)
        let ending = try ended(watch.linesSeen(lines([(.idle, ""), (.idle, "")]), at: now + .seconds(1)))
        #expect(ending.outcome == .answered)
        #expect(ending.talk == .seconds(41))
    }

    @Test("a GXP line with another number is somebody else's call")
    func otherCall() throws {
        var watch = watch(try open(line: 1), .gxp)
        let ending = try ended(watch.linesSeen(lines([(.connected, "4155550199"), (.idle, "")]), at: now))
        #expect(ending.outcome == .unknown)
        #expect(ending.evidence.notes == [.foundOtherCallAtRestart])
    }

    @Test(
        "a DP's stored line, or its only line in use that was idle before, is presumed ours and never sent anything",
        arguments: [1, nil])
    func presumed(stored: Int?) throws {
        var watch = watch(try open(line: stored), .dp)
        #expect(watch.linesSeen(lines([(.calling, nil), (.idle, nil)]), at: now) == [.seen(line: 1)])
        for second in 1...120 {
            #expect(watch.linesSeen(lines([(.calling, nil), (.idle, nil)]), at: now + .seconds(second)) == [])
        }
        let ending = try ended(watch.linesSeen(lines([(.idle, nil), (.idle, nil)]), at: now + .seconds(121)))
        #expect(ending.outcome == .unknown)
        #expect(ending.evidence.notes.contains(.presumedOurs))
    }

    @Test(
        "an attempt of a back-up is not taken over onto a line that shows no number: it may be somebody else's call",
        arguments: PhoneFamily.allCases)
    func fromBackup(family: PhoneFamily) throws {
        var watch = watch(try open(line: 1, isFromBackup: true), family)
        let ending = try ended(watch.linesSeen(lines([(.connected, nil), (.idle, nil)]), at: now))
        #expect(ending.outcome == .unknown)
        #expect(ending.evidence.notes.contains(.openAtRestore) && !ending.evidence.notes.contains(.takenOver))
    }

    @Test("an attempt of a back-up is taken over where a GXP line shows its number, and never on a DP")
    func fromBackupWithNumber() throws {
        let shown: [(LinePhase, String?)] = [(.idle, ""), (.calling, "12125550301")]
        var phone = watch(try open(isFromBackup: true), .gxp)
        #expect(phone.linesSeen(lines(shown), at: now) == [.seen(line: 2)])
        var base = watch(try open(isFromBackup: true), .dp)
        #expect(try ended(base.linesSeen(lines(shown), at: now)).outcome == .unknown)
    }

    @Test("two lines of a DP in use: which is ours cannot be told, so neither is")
    func ambiguous() throws {
        var watch = watch(try open(), .dp)
        let ending = try ended(watch.linesSeen(lines([(.calling, nil), (.connected, nil)]), at: now))
        #expect(ending.outcome == .unknown)
    }

    @Test("a phone that cannot be reached is asked for five minutes, then the end is unknown")
    func unreachable() throws {
        var watch = watch(try open(), .gxp)
        for second in stride(from: 0, to: 300, by: 10) {
            #expect(watch.pollFailed(.unreachable("off"), at: now + .seconds(second)) == [])
        }
        let ending = try ended(watch.pollFailed(.unreachable("off"), at: now + .seconds(300)))
        #expect(ending.outcome == .unknown)
    }
}
