/// What the far end of one call will do, with every chance already drawn.
struct FarEndPlan: Sendable, Equatable {
    enum Ending: Sendable, Equatable {
        case answers(talkSeconds: Double?)
        case fails(code: Int)
        case ringsForEver
    }

    var ringSeconds: Double
    var ending: Ending

    /// An account that is not registered places no call: the phone fails it by itself.
    static let notRegistered = Self(ringSeconds: 0.012, ending: .fails(code: 503))

    init(ringSeconds: Double, ending: Ending) {
        self.ringSeconds = ringSeconds
        self.ending = ending
    }

    /// The plan for the `count`-th call (0 the first) to `subscriber`. Depends on nothing but its arguments.
    init(subscriber: String, count: Int, seed: UInt64, table: FarEndTable) {
        var generator = SplitMix64(seed: seed, words: subscriber, count: count)
        let fixed = subscriber.count < 2 ? nil : table.byLastTwoDigits[String(subscriber.suffix(2))]
        let farEnd = fixed ?? Self.draw(from: table.others, using: &generator)
        ringSeconds = farEnd.rings.draw(using: &generator)
        switch farEnd.ending {
        case .answers(let talks): ending = .answers(talkSeconds: talks?.draw(using: &generator))
        case .fails(let code): ending = .fails(code: code)
        case .ringsForEver: ending = .ringsForEver
        }
    }

    private static func draw(from shares: [FarEndTable.Share], using generator: inout SplitMix64) -> FarEnd {
        var rest = generator.nextUnit() * shares.reduce(0) { $0 + $1.share }
        for share in shares {
            rest -= share.share
            if rest < 0 { return share.farEnd }
        }
        return shares.last?.farEnd ?? .ringsForEver
    }
}
