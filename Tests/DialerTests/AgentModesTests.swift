import CampaignStore
import Campaigns
import Dialer
import PhoneNumbers
import Testing

@Suite("Preview, manual calls, wrap-up, sharing and the brake in the heart") struct AgentModesTests {
    /// A heart with stations whose lines are idle, driven event by event.
    struct Floor {
        var heart: DialerHeart
        var now = Instant(milliseconds: 1_773_151_200_000)
        var effects: [DialerEffect] = []

        init(_ stations: [(name: String, trunk: String?)], _ campaigns: [CampaignSetup]) {
            heart = DialerHeart(
                stations: stations.map {
                    StationSetup(
                        name: $0.name, device: $0.name, handset: nil, family: .gxp, dialWith: .sendKey, account: 0,
                        trunk: $0.trunk, dial: DialPlanOverride(), words: WordMap())
                })
            feed(.campaigns(campaigns))
        }

        mutating func feed(_ event: DialerEvent) {
            effects += heart.handle(event, at: now)
        }

        /// Every station is polled and shows one idle line.
        mutating func lookAll(_ stations: [String]) {
            for station in stations {
                feed(.lines(station: station, [ObservedLine(line: 1, word: "idle", phase: .idle, remoteNumber: "")]))
            }
        }

        mutating func pass(_ duration: Duration) {
            now = now + duration
            feed(.tick)
        }

        mutating func take() -> [DialerEffect] {
            defer { effects = [] }
            return effects.filter { effect in
                switch effect {
                case .poll, .stationChanged, .offerShown: false
                default: true
                }
            }
        }

        /// A call that was placed: dialled, connected, and ended by the far end after 20 s.
        mutating func runCall(_ station: String, _ attempt: Int64, _ campaign: CampaignID, answered: Bool = true) {
            feed(.intentRecorded(station: station, AttemptID(attempt), campaign: campaign, dialled: "12125550123"))
            feed(.dialAnswered(station: station, AttemptID(attempt), .accepted))
            now = now + .milliseconds(500)
            let phase: LinePhase = answered ? .connected : .failed
            feed(
                .lines(
                    station: station,
                    [ObservedLine(line: 1, word: phase.rawValue, phase: phase, remoteNumber: "12125550123")]))
            now = now + .seconds(answered ? 20 : 3)
            lookAll([station])
        }
    }

    private static let campaign = CampaignID(1)

    private static func setup(_ id: Int64 = 1, _ change: (inout CampaignSetup) -> Void = { _ in }) -> CampaignSetup {
        var setup = CampaignSetup(
            id: CampaignID(id), name: "c\(id)", pacing: PacingSettings(), ringTimeout: .seconds(25))
        change(&setup)
        return setup
    }

    private static func reservation(_ contact: Int64 = 1) throws -> Reservation {
        let number = try #require(PhoneNumber(digits: 12_125_550_123))
        return Reservation(
            contact: ContactID(contact), campaign: campaign, list: 1, numberID: 1, number: number, areaID: 1,
            area: Area(zones: [], region: nil, jurisdiction: nil), isCallback: false)
    }

    private static var preview: CampaignSetup {
        setup {
            $0.pacing.mode = .preview
            $0.pacing.previewLimit = .seconds(30)
            $0.pacing.skipRest = .seconds(600)
        }
    }

    @Test(
        "in preview mode the contact is shown first, and dialled only when the agent takes it, on a fresh look at the lines"
    )
    func previewTaken() throws {
        var floor = Floor([("desk-1", nil)], [Self.preview])
        floor.lookAll(["desk-1"])
        #expect(floor.take() == [.offerContact(station: "desk-1", campaign: Self.campaign)])
        floor.feed(.contactOffered(station: "desk-1", try Self.reservation()))
        #expect(floor.heart.offer(to: "desk-1")?.reservation.contact == ContactID(1))
        #expect(floor.heart.stationStatus.first?.state == .reserved)
        floor.pass(.seconds(10))
        floor.feed(.offerTaken(station: "desk-1"))
        #expect(floor.take().isEmpty, "the last look is ten seconds old")
        floor.lookAll(["desk-1"])
        #expect(floor.take() == [.placeOffered(station: "desk-1", try Self.reservation())])
    }

    @Test("a contact that is skipped, or not taken within the limit, goes back and rests, and the next one is shown")
    func previewSkipped() throws {
        var floor = Floor([("desk-1", nil)], [Self.preview])
        floor.lookAll(["desk-1"])
        floor.feed(.contactOffered(station: "desk-1", try Self.reservation()))
        _ = floor.take()
        floor.feed(.offerSkipped(station: "desk-1"))
        let skipped = floor.take()
        guard case .withdrawOffer(_, _, let rest, let reason)? = skipped.first else {
            Issue.record("must be withdrawn: \(skipped)")
            return
        }
        #expect(rest == floor.now + .seconds(600))
        #expect(reason.text.contains("skipped"))
        #expect(skipped.contains(.offerContact(station: "desk-1", campaign: Self.campaign)))
        floor.feed(.contactOffered(station: "desk-1", try Self.reservation(2)))
        #expect(floor.heart.nextDeadline(after: floor.now).map { $0 <= floor.now + .seconds(30) } == true)
        floor.pass(.seconds(30))
        #expect(floor.take().contains { if case .withdrawOffer = $0 { true } else { false } })
    }

    @Test("a contact that was taken is put back where the phone is in use by then")
    func previewBusy() throws {
        var floor = Floor([("desk-1", nil)], [Self.preview])
        floor.lookAll(["desk-1"])
        floor.feed(.contactOffered(station: "desk-1", try Self.reservation()))
        floor.pass(.seconds(5))
        floor.feed(.offerTaken(station: "desk-1"))
        _ = floor.take()
        floor.feed(
            .lines(station: "desk-1", [ObservedLine(line: 1, word: "ringing", phase: .ringing, remoteNumber: "5")]))
        let effects = floor.take()
        #expect(effects.contains { if case .withdrawOffer = $0 { true } else { false } })
        #expect(!effects.contains { if case .placeOffered = $0 { true } else { false } })
    }

    @Test("in manual mode nothing is dialled by itself; the contact that an agent picks is")
    func manual() {
        var floor = Floor([("desk-1", nil)], [Self.setup { $0.pacing.mode = .manual }])
        floor.lookAll(["desk-1"])
        #expect(floor.take().isEmpty)
        #expect(floor.heart.held.map(\.reason.code) == ["manual"])
        floor.feed(.manualCall(station: "desk-1", campaign: Self.campaign, contact: .known(ContactID(7))))
        #expect(
            floor.take() == [.placeManual(station: "desk-1", campaign: Self.campaign, contact: .known(ContactID(7)))])
        floor.feed(.nothingToCall(station: "desk-1", campaign: Self.campaign, until: floor.now))
        floor.feed(.pause(station: "desk-1", reason: "lunch"))
        floor.feed(.manualCall(station: "desk-1", campaign: Self.campaign, contact: .known(ContactID(7))))
        #expect(floor.take().contains { if case .manualRefused = $0 { true } else { false } })
    }

    @Test("wrap-up until disposed ends with the agent's word, or at its limit")
    func untilDisposed() {
        let setup = Self.setup {
            $0.pacing.wrapUpUntilDisposed = true
            $0.pacing.wrapUpLimit = .seconds(600)
        }
        let sale = Disposition(code: "SALE", label: "Sale", dispositionClass: .success)
        var floor = Floor([("desk-1", nil)], [setup])
        floor.lookAll(["desk-1"])
        floor.runCall("desk-1", 1, Self.campaign)
        #expect(floor.heart.stationStatus.first?.state == .wrapUp)
        floor.pass(.seconds(300))
        #expect(floor.heart.stationStatus.first?.state == .wrapUp)
        _ = floor.take()
        floor.feed(.disposed(station: "desk-1", AttemptID(1), sale, callback: nil))
        #expect(floor.take().contains(.settleDisposed(AttemptID(1), nil, sale, callback: nil)))
        floor.lookAll(["desk-1"])
        floor.runCall("desk-1", 2, Self.campaign)
        floor.pass(.seconds(600))
        #expect(floor.take().contains(.settle(AttemptID(2), nil, asked: true)))
    }

    @Test("two campaigns share a station by weight; a higher priority goes first; a pattern keeps the others off")
    func sharing() {
        let stations = ["desk-1", "desk-2"]
        func served(_ setups: [CampaignSetup], calls: Int) -> [Int64: Int] {
            var floor = Floor(stations.map { ($0, nil) }, setups)
            var counts: [Int64: Int] = [:]
            for attempt in 0..<calls {
                floor.now = floor.now + .seconds(60)
                floor.feed(.tick)
                floor.lookAll(stations)
                for case .placeCall(let station, let campaign) in floor.take() {
                    counts[campaign.value, default: 0] += 1
                    floor.runCall(
                        station, Int64(attempt * 10 + (station == "desk-1" ? 1 : 2)), campaign, answered: false)
                }
            }
            return counts
        }
        // Calls that fail would trip the brake; it is not what is looked at here.
        let off = { (setup: inout CampaignSetup) in setup.brakes.failedFast = nil }
        let weighted = served(
            [
                Self.setup(1) { off(&$0) },
                Self.setup(2) {
                    off(&$0)
                    $0.weight = 3
                },
            ], calls: 100)
        let total = weighted.values.reduce(0, +)
        #expect(total >= 100)
        #expect(abs(weighted[2, default: 0] - total * 3 / 4) <= 2, "\(weighted)")
        let first = served(
            [
                Self.setup(1) { off(&$0) },
                Self.setup(2) {
                    off(&$0)
                    $0.priority = 1
                },
            ], calls: 20)
        #expect(first.keys.sorted() == [2])
        let kept = served(
            [
                Self.setup(1) {
                    off(&$0)
                    $0.stations = ["base-*"]
                }, Self.setup(2) { off(&$0) },
            ], calls: 20)
        #expect(kept.keys.sorted() == [2])
    }

    @Test("a trunk's limit holds over all campaigns, and the least of them counts")
    func trunks() {
        let stations = ["desk-1", "desk-2", "desk-3"]
        var floor = Floor(
            stations.map { ($0, "office") },
            [
                Self.setup(1) { $0.trunks = ["office": 5] }, Self.setup(2) { $0.trunks = ["office": 2] },
                Self.setup(3),
            ])
        floor.lookAll(stations)
        let placed = floor.take().count { if case .placeCall = $0 { true } else { false } }
        #expect(placed == 2)
        #expect(floor.heart.held.contains { $0.reason.code == "trunk" })
    }

    @Test("a station's gap is kept, and ends by itself")
    func gap() {
        var floor = Floor(
            [("desk-1", nil)],
            [
                Self.setup {
                    $0.pacing.stationGap = .seconds(30)
                    $0.pacing.wrapUp = .zero
                }
            ])
        floor.lookAll(["desk-1"])
        floor.runCall("desk-1", 1, Self.campaign, answered: false)
        let ended = floor.now
        _ = floor.take()
        floor.now = ended + .seconds(29)
        floor.lookAll(["desk-1"])
        #expect(floor.take().isEmpty)
        #expect(floor.heart.nextDeadline(after: floor.now).map { $0 <= ended + .seconds(30) } == true)
        floor.now = ended + .seconds(30)
        floor.lookAll(["desk-1"])
        #expect(floor.take() == [.placeCall(station: "desk-1", campaign: Self.campaign)])
    }

    @Test("answered calls that meet no agent are flagged, and pause the campaign when they are too many")
    func brake() {
        var floor = Floor(
            [("desk-1", nil)],
            [
                Self.setup {
                    $0.brakes.agentAbsent = BrakeSettings.Limit(share: 0.1, over: 10)
                    $0.pacing.wrapUp = .zero
                }
            ])
        var flagged = 0
        for attempt in Int64(1)...2 {
            floor.feed(.presence(station: "desk-1", present: true))
            floor.lookAll(["desk-1"])
            #expect(floor.take().contains(.placeCall(station: "desk-1", campaign: Self.campaign)), "call \(attempt)")
            floor.feed(
                .intentRecorded(station: "desk-1", AttemptID(attempt), campaign: Self.campaign, dialled: "12125550123"))
            floor.feed(.dialAnswered(station: "desk-1", AttemptID(attempt), .accepted))
            // The page is closed while the phone rings.
            floor.feed(.presence(station: "desk-1", present: false))
            floor.now = floor.now + .milliseconds(500)
            floor.feed(
                .lines(
                    station: "desk-1",
                    [ObservedLine(line: 1, word: "connected", phase: .connected, remoteNumber: "12125550123")]))
            flagged += floor.take().count { $0 == .noteAgentAbsent(AttemptID(attempt)) }
            floor.now = floor.now + .seconds(20)
            floor.lookAll(["desk-1"])
            floor.pass(.seconds(60))
            _ = floor.take()
        }
        #expect(flagged == 2)
        floor.feed(.presence(station: "desk-1", present: true))
        floor.lookAll(["desk-1"])
        let effects = floor.take()
        guard case .pauseCampaign(Self.campaign, let reason)? = effects.first else {
            Issue.record("must pause: \(effects)")
            return
        }
        #expect(reason.text.contains("2 of the last 2 answered calls met no agent"))
        floor.pass(.seconds(600))
        floor.lookAll(["desk-1"])
        #expect(floor.take().isEmpty, "it says so once, and dials no more")
        // A person starts it again: a new start, a clean slate.
        floor.feed(.campaigns([Self.setup { $0.startedAt = floor.now }]))
        floor.lookAll(["desk-1"])
        #expect(floor.take() == [.placeCall(station: "desk-1", campaign: Self.campaign)])
    }

    @Test("limits of the time before a restart still hold")
    func restart() {
        let start = Instant(milliseconds: 1_773_151_200_000)
        var floor = Floor(
            [("desk-1", nil)],
            [
                Self.setup {
                    $0.pacing.callsPerHour = 2
                    $0.history = PacingHistory(starts: [start - .seconds(3000), start - .seconds(60)])
                }
            ])
        floor.lookAll(["desk-1"])
        #expect(floor.take().isEmpty)
        #expect(floor.heart.held.map(\.reason.code) == ["calls_per_hour"])
        floor.pass(.seconds(600))
        floor.lookAll(["desk-1"])
        #expect(floor.take() == [.placeCall(station: "desk-1", campaign: Self.campaign)])
    }

    @Test(
        "a callback that waits for another agent keeps only this station from asking; the other one is served when it is due"
    )
    func othersCallback() {
        var floor = Floor([("desk-1", nil), ("desk-2", nil)], [Self.setup()])
        floor.lookAll(["desk-1"])
        #expect(floor.take() == [.placeCall(station: "desk-1", campaign: Self.campaign)])
        let due = floor.now + .seconds(2)
        floor.feed(
            .nothingToCall(
                station: "desk-1", campaign: Self.campaign, until: floor.now + .seconds(900), elsewhere: due))
        floor.pass(.seconds(1))
        floor.lookAll(["desk-1", "desk-2"])
        #expect(floor.take().isEmpty, "nothing is due for anybody")
        floor.pass(.seconds(1))
        floor.lookAll(["desk-1", "desk-2"])
        #expect(floor.take() == [.placeCall(station: "desk-2", campaign: Self.campaign)])
        // And the first one does not spin, but is asked when it can have it.
        #expect(floor.heart.nextDeadline(after: floor.now).map { $0 > floor.now } ?? false)
        floor.feed(.nothingToCall(station: "desk-2", campaign: Self.campaign, until: nil))
        floor.feed(.storeChanged)
        floor.lookAll(["desk-1"])
        #expect(floor.take().contains(.placeCall(station: "desk-1", campaign: Self.campaign)))
    }

    @Test(
        "more time lengthens a wrap-up, never beyond its campaign's limit from the end of the call; the note goes with the word"
    )
    func moreTime() {
        let setup = Self.setup {
            $0.pacing.wrapUp = .seconds(20)
            $0.pacing.wrapUpLimit = .seconds(100)
        }
        var floor = Floor([("desk-1", nil)], [setup])
        floor.lookAll(["desk-1"])
        floor.runCall("desk-1", 1, Self.campaign)
        let ended = floor.now
        #expect(floor.heart.attempt(at: "desk-1") == AttemptID(1))
        _ = floor.take()
        floor.pass(.seconds(15))
        floor.feed(.moreTime(station: "desk-1", AttemptID(1), .seconds(60)))
        #expect(floor.take() == [.wrapUpExtended(AttemptID(1), until: ended + .seconds(80))])
        floor.feed(.moreTime(station: "desk-1", AttemptID(1), .seconds(60)))
        #expect(floor.take() == [.wrapUpExtended(AttemptID(1), until: ended + .seconds(100))])
        floor.feed(.moreTime(station: "desk-1", AttemptID(1), .seconds(60)))
        floor.feed(.moreTime(station: "desk-1", AttemptID(9), .seconds(1)))
        floor.pass(.seconds(80))
        #expect(floor.take().isEmpty)
        let sale = Disposition(code: "SALE", label: "Sale", dispositionClass: .success)
        floor.feed(.disposed(station: "desk-1", AttemptID(1), sale, callback: nil, note: "wants gold"))
        #expect(floor.take().contains(.settleDisposed(AttemptID(1), nil, sale, callback: nil, note: "wants gold")))
    }
}
