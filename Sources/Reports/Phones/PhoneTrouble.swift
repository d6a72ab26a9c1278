import CampaignStore
import Campaigns

/// What went wrong at each station: attempts with trouble, and time in which it could not dial.
struct PhoneTrouble {
    /// States in which a station cannot dial, though nobody paused it.
    static let lost: [StationState] = [.unreachable, .lockedOut, .unregistered, .dnd]
    /// Most stations that are drawn.
    private static let mostDrawn = 20

    private struct Station {
        var name: String
        var calls = CallTally()
        var time: [StationState: Int64] = [:]
        var present: PresentState?

        var trouble: Int { PhoneHealthReport.trouble.reduce(0) { $0 + (calls.calls[$1] ?? 0) } }
        var troubleShare: Double? { calls.attempts == 0 ? nil : Double(trouble) / Double(calls.attempts) }
        var watched: Int64 { time.values.reduce(0, +) }
        var lost: Int64 { PhoneTrouble.lost.reduce(0) { $0 + (time[$1] ?? 0) } }
        var lostShare: Double? { watched == 0 ? nil : Double(lost) / Double(watched) }
        var worst: Double { max(troubleShare ?? 0, lostShare ?? 0) }

        mutating func add(_ other: Station) {
            calls.add(other.calls)
            time.merge(other.time, uniquingKeysWith: +)
        }
    }

    private let stations: [Station]
    private let all: Station

    /// - Parameter present: in which state stations are now; nil where nobody knows.
    init(_ parts: [TalliedCalls.Part], _ time: [StationTimeSum], present: [String: PresentState]?) {
        var byName: [String: Station] = [:]
        for part in parts {
            let name = part.group.station ?? ""
            byName[name, default: Station(name: name)].calls.add(part.tally)
        }
        for sum in time {
            byName[sum.station, default: Station(name: sum.station)].time[sum.state, default: 0] += sum.milliseconds
        }
        for (name, state) in present ?? [:] {
            byName[name, default: Station(name: name)].present = state
        }
        stations = byName.values.sorted { left, right in
            if left.worst != right.worst { return left.worst > right.worst }
            return left.trouble == right.trouble ? left.name < right.name : left.trouble > right.trouble
        }
        all = stations.reduce(into: Station(name: "all")) { $0.add($1) }
    }

    var table: Table {
        Table(
            columns: ["station", "attempts"] + PhoneHealthReport.trouble.map(\.rawValue) + [
                "trouble_share", "gap_ms", "unreachable_min", "locked_out_min", "state",
            ], rows: stations.map(Self.row), totals: Self.row(all))
    }

    private static func row(_ station: Station) -> [Cell] {
        [.text(station.name), Cell(station.calls.attempts)]
            + PhoneHealthReport.trouble.map { Cell(station.calls.calls[$0] ?? 0) } + [
                station.troubleShare.map(Cell.share) ?? .none,
                average(station.calls.gapMilliseconds, of: station.calls.attempts),
                .minutes(station.time[.unreachable] ?? 0), .minutes(station.time[.lockedOut] ?? 0),
                Cell(station.present?.state.rawValue),
            ]
    }

    /// Whole milliseconds an attempt, a half upwards; nothing where there is none.
    private static func average(_ milliseconds: Int64, of attempts: Int) -> Cell {
        attempts == 0 ? .none : .integer((milliseconds + Int64(attempts) / 2) / Int64(attempts))
    }

    var timeTable: Table {
        let row = { (station: Station) -> [Cell] in
            [.text(station.name), .minutes(station.watched)] + Self.lost.map { .minutes(station.time[$0] ?? 0) } + [
                station.lostShare.map(Cell.share) ?? .none
            ]
        }
        return Table(
            columns: ["station", "watched_min"] + Self.lost.map { "\($0.rawValue)_min" } + ["lost_share"],
            rows: stations.filter { $0.watched > 0 }.map(row), totals: row(all))
    }

    /// The attempts with trouble of the worst stations.
    var chart: ReportChart {
        let shown = stations.filter { $0.trouble > 0 }.prefix(Self.mostDrawn)
        return ReportChart(
            form: .stacked, labels: shown.map(\.name),
            series: PhoneHealthReport.trouble.map { outcome in
                ReportChart.Series(
                    name: outcome.rawValue, values: shown.map { Double($0.calls.calls[outcome] ?? 0) })
            }, unit: "attempts")
    }

    func figures(before: PhoneTrouble?) -> [ReportFigure] {
        let figure = { (column: String, label: String, direction: ReportFigure.Direction, value: (Station) -> Cell) in
            ReportFigure(
                column: column, label: label, value: value(all), before: before.map { value($0.all) } ?? .none,
                direction: direction)
        }
        return [
            figure("attempts", "Attempts", .neutral) { Cell($0.calls.attempts) },
            figure("trouble", "With trouble", .bad) { Cell($0.trouble) },
            figure("trouble_share", "Share with trouble", .bad) { $0.troubleShare.map(Cell.share) ?? .none },
            figure("unreachable_min", "Unreachable, minutes", .bad) { .minutes($0.time[.unreachable] ?? 0) },
            figure("locked_out_min", "Locked out, minutes", .bad) { .minutes($0.time[.lockedOut] ?? 0) },
        ]
    }
}
