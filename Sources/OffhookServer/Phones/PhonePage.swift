import CampaignStore
import Campaigns
import Dialer
import Foundation
import GrandstreamCTI
import HTTPTypes
import Hummingbird
import PhoneNumbers

/// One phone: its stations, and every function of the guide by hand.
enum PhonePage {
    /// What a function by hand came to.
    private struct Answer {
        var text: String
        var isError: Bool
    }

    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        table.get("/phones/{device}", .page(.administrator), "one phone, and its functions by hand") {
            request, context in
            try await page(PhonePages.device(context.path("device"), parts), parts, request, context)
        }
        table.post("/phones/{device}/hand", .page(.administrator), "carries a function of the guide out by hand") {
            request, context in
            let device = try PhonePages.device(context.path("device"), parts)
            return try await byHand(device, parts, request, context)
        }
        table.post(
            "/phones/{device}/system", .page(.administrator), "restarts a phone, or resets it to the factory's state"
        ) {
            request, context in
            let device = try PhonePages.device(context.path("device"), parts)
            return try await system(device, parts, request, context)
        }
    }

    private static func page(
        _ device: StoredDevice, _ parts: ServerParts, _ request: Request, _ context: ServeContext, answer: Answer? = nil
    ) async throws -> Response {
        let status = try await parts.engine.status()
        let chosen = context.form["function"]
        let station = context.form["station"]
        return try parts.pages.page(
            "phones/phone", title: "Phone \(device.name)",
            [
                "phone": PhoneRow(device, status, nil, ViewerTime(request, context)).model,
                "stationChoices": device.stations.map {
                    ["name": $0.name, "isChosen": $0.name == station] as [String: Any]
                },
                "hasChoice": device.stations.count > 1, "onlyStation": device.stations.first?.name,
                "functions": HandFunction.all(of: device.family).map {
                    ["value": $0.value, "label": $0.label, "isChosen": $0.value == chosen] as [String: Any]
                },
                "argument": context.form["argument"], "line": context.form["line"], "isDP": device.family == .dp,
                "answer": answer.map { ["text": $0.text, "isError": $0.isError] as [String: Any] },
            ], scripts: ["phones.js"],
            status: answer?.isError == true ? .unprocessableContent : .ok, request, context)
    }

    private static func byHand(
        _ device: StoredDevice, _ parts: ServerParts, _ request: Request, _ context: ServeContext
    ) async throws -> Response {
        guard let station = device.stations.first(where: { $0.name == context.form["station"] }) else {
            throw Problem.invalid(["station": "Choose a station of \(device.name)."])
        }
        let words = (context.form.text("function") ?? "").split(separator: " ").map(String.init)
        guard let name = words.first, name != "system" else {
            throw Problem.invalid(["function": "Choose a function."])
        }
        let typed = (context.form.text("argument") ?? "").split(separator: " ").map(String.init)
        let arguments = Array(words.dropFirst()) + typed
        let command: PhoneCommand
        do {
            command = try HandCommand(
                name, arguments, station: station.name, handset: station.handset,
                line: context.form.text("line").flatMap { Int($0) },
                account: context.form.text("account").flatMap { Int($0) }
            ).parsed()
        } catch {
            return try await page(
                device, parts, request, context, answer: Answer(text: "\(error)", isError: true))
        }
        let answer = try await execute(
            command, ([name] + arguments).joined(separator: " "), at: station.name, parts, context)
        return try await page(device, parts, request, context, answer: answer)
    }

    /// Both end every call on the phone, so both are said twice: with a tick, or with the phone's name.
    private static func system(
        _ device: StoredDevice, _ parts: ServerParts, _ request: Request, _ context: ServeContext
    ) async throws -> Response {
        guard let operation = context.form["operation"].flatMap(SystemOperation.init(rawValue:)),
            let station = device.stations.first
        else { throw Problem.invalid(["operation": "Choose to restart or to reset."]) }
        let isConfirmed =
            switch operation {
            case .reboot: context.form["sure"] != nil
            case .reset: context.form.text("name") == device.name
            }
        guard isConfirmed else {
            let why =
                operation == .reset
                ? "Nothing was done: type the phone's name, \(device.name), to reset it."
                : "Nothing was done: tick the box to restart it."
            return try await page(device, parts, request, context, answer: Answer(text: why, isError: true))
        }
        let answer = try await execute(
            .systemOperation(operation), "system \(operation.rawValue)", at: station.name, parts, context)
        return try await page(device, parts, request, context, answer: answer)
    }

    private static func execute(
        _ command: PhoneCommand, _ words: String, at station: String, _ parts: ServerParts, _ context: ServeContext
    ) async throws -> Answer {
        let isForced = context.form["force"] != nil
        // Written down before: an answer that is lost, or a reset phone, leaves no other trace.
        if command.acts {
            try parts.audit(
                isForced ? "phone_function_forced" : "phone_function", context, subject: "station \(station)",
                detail: words)
        }
        do {
            let answer = try await parts.engine.execute(command, at: station, isForced: isForced)
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return Answer(text: String(decoding: try encoder.encode(answer), as: UTF8.self), isError: false)
        } catch let refusal as HandRefusal {
            return Answer(text: refusal.description, isError: true)
        }
    }
}

/// A function of the guide as the page offers it.
struct HandFunction: Sendable, Hashable {
    /// As ``HandCommand`` takes it.
    var value: String
    var label: String

    /// Those that phones of a family have, but for restarting and resetting.
    static func all(of family: PhoneFamily) -> [HandFunction] {
        switch family {
        case .gxp:
            [
                HandFunction(value: "line-status", label: "Lines"),
                HandFunction(value: "phone-status", label: "Phone's status"),
            ]
                + PhoneOperation.allCases.map {
                    HandFunction(value: "operation \($0.rawValue)", label: "Call: \($0.rawValue)")
                } + both
        case .dp:
            [
                HandFunction(value: "handset-line-status", label: "Lines of the handset"),
                HandFunction(value: "handset-status", label: "Handset's status"),
                HandFunction(value: "account-status", label: "Account's status (its number)"),
            ]
                + DeviceOperation.allCases.map {
                    HandFunction(value: "device-operation \($0.rawValue)", label: "Call: \($0.rawValue)")
                } + both
        }
    }

    private static let both = [
        HandFunction(value: "make-call", label: "Dial (a number)"),
        HandFunction(value: "send-key", label: "Press keys (digits or names)"),
    ]
}
