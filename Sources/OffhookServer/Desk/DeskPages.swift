import CampaignStore
import Campaigns
import Dialer
import Hummingbird

/// The agent's page: first a station, then the desk.
enum DeskPages {
    /// The scripts of the desk; the first loads the others.
    private static let scripts = ["zone.js", "desk.js"]

    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        table.get("/desk", .page(.agent), "the agent's desk; without a station, the choice of one") {
            request, context in
            try await page(parts, request, context)
        }
        table.get("/desk/stations", .page(.agent), "the choice of another station") { request, context in
            try await choice(parts, request, context)
        }
    }

    /// The desk of whoever asks; the choice of a station where they sit nowhere.
    static func page(_ parts: ServerParts, _ request: Request, _ context: ServeContext) async throws -> Response {
        guard let seat = try? DeskSeat(context, parts) else { return try await choice(parts, request, context) }
        let status = await DeskReader.status(of: seat.station, parts)
        let words = DeskWords(status, isStopping: await parts.engine.isStopping)
        return try parts.pages.page(
            "desk/desk", title: seat.station,
            [
                "station": seat.station, "user": seat.user.displayName, "headline": words.headline,
                "tone": words.tone, "explanation": words.explanation,
            ], scripts: scripts, request, context)
    }

    private static func choice(
        _ parts: ServerParts, _ request: Request, _ context: ServeContext
    ) async throws -> Response {
        let seats = try await Seat.all(for: try context.user(), parts)
        let best = seats.first { $0.isYours || $0.isRemembered && $0.isFree } ?? seats.first { $0.isFree }
        let rows = seats.enumerated().map { index, seat -> [String: Any] in
            var row: [String: Any] = [
                "id": "station-\(index)", "name": seat.name, "isFree": seat.isFree, "isChosen": seat.name == best?.name,
                "isYours": seat.isYours, "isRemembered": seat.isRemembered && !seat.isYours,
            ]
            row["takenBy"] = seat.takenBy
            row["trouble"] = seat.trouble
            return row
        }
        return try parts.pages.page(
            "desk/stations", title: "Choose your station",
            ["seats": rows, "hasSeats": !rows.isEmpty, "hasFree": best != nil], scripts: ["zone.js"], request, context)
    }
}
