import Campaigns

/// Which of several campaigns gets a station: by priority first, then by weight (stride scheduling).
public struct FairShare: Sendable, Hashable {
    /// A campaign that could take the station now.
    public struct Candidate: Sendable, Hashable {
        /// Campaigns of higher priority come first.
        public var priority: Int
        /// Its share among campaigns of one priority, 1 or more.
        public var weight: Int
        /// What it was served so far, see `served(_:weight:)`.
        public var pass: Double
        /// Stations that are looking for a contact of it this moment.
        public var asking: Int

        /// A candidate from its parts.
        public init(priority: Int, weight: Int, pass: Double, asking: Int) {
            self.priority = priority
            self.weight = weight
            self.pass = pass
            self.asking = asking
        }

        private var share: Double { pass + Double(asking) / Double(max(weight, 1)) }

        /// Whether it comes before another; equal ones keep their order.
        func comes(before other: Candidate) -> Bool {
            priority != other.priority ? priority > other.priority : share < other.share
        }
    }

    /// The pass of a campaign after one more call: it moves on by the inverse of its weight.
    public static func served(_ pass: Double, weight: Int) -> Double { pass + 1 / Double(max(weight, 1)) }

    /// The index of the candidate that is served next; nil where there is none.
    public static func next(_ candidates: [Candidate]) -> Int? {
        candidates.indices.reduce(nil as Int?) { best, index in
            guard let best else { return index }
            return candidates[index].comes(before: candidates[best]) ? index : best
        }
    }
}
