import Campaigns
import Foundation

/// The changes of one zone's offset from 2000 to 2050, looked up by halving: `TimeZone` costs a hundred times as much a look.
struct OffsetTable: Sendable {
    private static let start = Instant(milliseconds: 946_684_800_000)
    private static let end = Instant(milliseconds: 2_524_608_000_000)

    /// When each offset begins, in milliseconds, ascending; the first is the start of the table.
    private let begins: [Int64]
    private let offsets: [Int32]

    init(_ zone: TimeZone) {
        var begins = [Self.start.milliseconds]
        var offsets = [Int32(zone.secondsFromGMT(for: Self.start.date))]
        var date = Self.start.date
        while let next = zone.nextDaylightSavingTimeTransition(after: date), Instant(next) < Self.end, next > date {
            date = next
            let offset = Int32(zone.secondsFromGMT(for: next))
            // A change of name alone moves no clock.
            guard offset != offsets.last else { continue }
            begins.append(Instant(next).milliseconds)
            offsets.append(offset)
        }
        self.begins = begins
        self.offsets = offsets
    }

    /// The offset at an instant; nil outside the table.
    func offset(at instant: Instant) -> Int? {
        guard instant >= Self.start, instant < Self.end else { return nil }
        return Int(offsets[firstBegin(after: instant) - 1])
    }

    /// The next change after an instant; nil where the table does not reach.
    func nextChange(after instant: Instant) -> Instant? {
        guard instant >= Self.start else { return nil }
        let index = firstBegin(after: instant)
        return index < begins.count ? Instant(milliseconds: begins[index]) : nil
    }

    private func firstBegin(after instant: Instant) -> Int {
        var low = 0
        var high = begins.count
        while low < high {
            let middle = (low + high) / 2
            if begins[middle] <= instant.milliseconds { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
