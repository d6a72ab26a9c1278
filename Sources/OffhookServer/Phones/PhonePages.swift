import CampaignStore
import Campaigns
import Dialer
import Foundation
import HTTPTypes
import Hummingbird
import Logging

/// All phones: how they are, their file, and a check.
enum PhonePages {
    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        let pending = PendingPhones()
        table.get("/phones", .page(.administrator), "every phone with its state, health and advice") {
            request, context in
            try await list(parts, request, context)
        }
        table.post("/phones/check", .page(.administrator), "asks every phone for its lines") { request, context in
            let checks = try await check(parts, isAgain: context.form["again"] != nil)
            return try await list(parts, request, context, checks: checks)
        }
        table.post("/phones/ready", .page(.administrator), "says that a locked-out phone is mended") { _, context in
            let device = try device(context.form.text("device") ?? "", parts)
            let locked = device.stations.filter { $0.lockedOutAt != nil }
            guard !locked.isEmpty else {
                return Response.seeOther("/phones", saying: "\(device.name) is not locked out.", isError: true)
            }
            try await parts.act("phone_ready", context, subject: "phone \(device.name)") {
                for station in locked { try parts.store.setPause(nil, station: station.name, at: parts.now()) }
            }
            return Response.seeOther("/phones", saying: "\(device.name) is asked again with the passcode as it is now.")
        }
        table.get("/phones/apply", .page(.administrator), "asks for a phones.yaml") { request, context in
            try applyPage(parts, request, context)
        }
        table.post("/phones/preview", .page(.administrator), "shows what a phones.yaml would change") {
            request, context in
            try await preview(parts, pending, request, context)
        }
        table.post("/phones/apply", .page(.administrator), "applies a phones.yaml that was looked at") { _, context in
            try await apply(parts, pending, context)
        }
        PhonePage.add(to: &table, parts)
    }

    /// A device by name.
    ///
    /// - Throws: ``Problem`` 404.
    static func device(_ name: String, _ parts: ServerParts) throws -> StoredDevice {
        guard let device = try parts.store.devices().first(where: { $0.name == name }) else {
            throw Problem.notFound("phone “\(name)”")
        }
        return device
    }

    private static func list(
        _ parts: ServerParts, _ request: Request, _ context: ServeContext, checks: [String: StationCheck]? = nil
    ) async throws -> Response {
        let status = try await parts.engine.status()
        let time = ViewerTime(request, context)
        let rows = try parts.store.devices().map { device in
            PhoneRow(device, status, checks, time).model
        }
        let locked = rows.filter { $0["isLockedOut"] as? Bool == true }.count
        return try parts.pages.page(
            "phones/list", title: "Phones",
            [
                "devices": rows, "hasDevices": !rows.isEmpty, "wasChecked": checks != nil,
                "checkedText": checks.map { checkedText($0) }, "hasLockedOut": locked > 0,
                "isRunning": await parts.engine.isRunning,
            ], scripts: ["phones.js"], request, context)
    }

    private static func checkedText(_ checks: [String: StationCheck]) -> String {
        let bad = checks.values.filter { !$0.isGood }.count
        return bad == 0
            ? "All \(checks.count) stations answered and can dial."
            : "\(bad) of \(checks.count) stations cannot dial now; see the advice."
    }

    /// Asks every phone at once. One that refused the passcode is not asked, unless a person says that it is mended.
    private static func check(_ parts: ServerParts, isAgain: Bool) async throws -> [String: StationCheck] {
        let (store, now) = (parts.store, parts.now())
        let devices = try store.devices()
        let environment = ProcessInfo.processInfo.environment
        return await withTaskGroup(of: [StationCheck].self) { group in
            for device in devices {
                let lockedOutAt = isAgain ? nil : device.stations.compactMap(\.lockedOutAt).max()
                group.addTask {
                    await StationCheck.check(
                        device, lockedOutAt: lockedOutAt, in: store, environment: environment, at: now
                    ) { parts.logger.of(.phones).warning("\($0)") }
                }
            }
            return await group.reduce(into: [:]) { checks, found in
                for check in found { checks[check.station] = check }
            }
        }
    }

    private static func applyPage(
        _ parts: ServerParts, _ request: Request, _ context: ServeContext, problems: [String] = []
    ) throws -> Response {
        try parts.pages.page(
            "phones/apply", title: "Add or change phones",
            [
                "problems": problems, "hasProblems": !problems.isEmpty,
                "references": references(parts.configuration.passcodeReferences),
            ], scripts: ["phones-file.js"],
            status: problems.isEmpty ? .ok : .unprocessableContent, request, context)
    }

    /// How a passcode may be given here.
    private static func references(_ allowed: PasscodeReferences) -> String {
        let ways = [
            allowed.prefix.map { "{ env: NAME } of a variable whose name begins with \($0)" },
            allowed.folder.map { _ in "{ file: NAME } of the server's folder for passcodes" },
        ].compactMap(\.self)
        return ways.isEmpty
            ? "" : "It may also be \(ways.joined(separator: ", or ")), where its address is not a new one."
    }

    private static func preview(
        _ parts: ServerParts, _ pending: PendingPhones, _ request: Request, _ context: ServeContext
    ) async throws -> Response {
        let text = context.form["yaml"] ?? ""
        let keepingOthers = context.form["others"] != "remove"
        let read: [DeviceSettings]
        do {
            read = try PhonesFile.read(text, file: "phones.yaml")
        } catch {
            return try applyPage(parts, request, context, problems: error.problems.map { "\($0)" })
        }
        let (devices, refusals) = try await PhoneEntry(parts: parts).admit(read)
        guard refusals.isEmpty else { return try applyPage(parts, request, context, problems: refusals) }
        let preview: [DevicePreview]
        do {
            preview = try parts.store.previewDevices(devices, keepingOthers: keepingOthers)
        } catch let error as StoreError {
            return try applyPage(parts, request, context, problems: [parts.told(error)])
        }
        let key = await pending.keep(
            PendingPhones.Pending(
                devices: devices, keepingOthers: keepingOthers, preview: preview, owner: try context.user().id,
                at: parts.now()))
        return try await show(preview, key, parts, request, context)
    }

    private static func show(
        _ preview: [DevicePreview], _ key: String, _ parts: ServerParts, _ request: Request, _ context: ServeContext
    ) async throws -> Response {
        let count = { (kind: DevicePreview.Kind) in preview.filter { $0.kind == kind }.count }
        let changes = preview.count - count(.unchanged)
        let busy = try await busyStations(of: preview, parts)
        return try parts.pages.page(
            "phones/preview", title: "What would change",
            [
                "key": key, "hasChanges": changes > 0, "removes": count(.removed) > 0,
                "removedText": counted(count(.removed), "phone"),
                "busy": busy.isEmpty ? nil : busy.joined(separator: ", "),
                "summary": DevicePreview.Kind.allCases.map { "\(count($0)) \($0.rawValue)" }.joined(separator: ", "),
                "devices": preview.map { device in
                    let look = ["added": "good", "removed": "bad", "updated": "warn"]
                    return [
                        "name": device.name, "kind": device.kind.rawValue, "look": look[device.kind.rawValue] ?? "",
                        "differences": device.differences,
                    ] as [String: Any]
                },
            ], request, context)
    }

    /// Stations of changed phones that have a call now.
    private static func busyStations(of preview: [DevicePreview], _ parts: ServerParts) async throws -> [String] {
        let changed = Set(preview.filter { [.updated, .removed].contains($0.kind) }.map(\.name))
        let names = try parts.store.devices().filter { changed.contains($0.name) }.flatMap { $0.stations.map(\.name) }
        return await parts.engine.stationStatus(of: Set(names)).filter { $0.attempt != nil }.map(\.name)
    }

    private static func apply(
        _ parts: ServerParts, _ pending: PendingPhones, _ context: ServeContext
    ) async throws -> Response {
        let file = try await pending.take(context.form["key"] ?? "", for: try context.user().id, at: parts.now())
        // Where a passcode went may have changed meanwhile, and where a name leads.
        let (devices, refusals) = try await PhoneEntry(parts: parts).admit(file.devices)
        guard refusals.isEmpty, devices == file.devices,
            try parts.store.previewDevices(file.devices, keepingOthers: file.keepingOthers) == file.preview
        else {
            return Response.seeOther(
                "/phones/apply", saying: "The phones were changed meanwhile; look at the file again.", isError: true)
        }
        let kinds = Dictionary(grouping: file.preview, by: \.kind).mapValues(\.count)
        let detail = DevicePreview.Kind.allCases.compactMap { kind in kinds[kind].map { "\(kind.rawValue) \($0)" } }
            .joined(separator: ", ")
        _ = try await parts.act("phones_applied", context, detail: detail) {
            try parts.store.applyDevices(file.devices, keepingOthers: file.keepingOthers, at: parts.now())
        }
        return Response.seeOther("/phones", saying: "Applied: \(detail).")
    }

    static func counted(_ count: Int, _ what: String) -> String { "\(count) \(what)\(count == 1 ? "" : "s")" }
}
