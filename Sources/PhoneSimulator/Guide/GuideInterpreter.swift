import Foundation

/// What a command comes to.
struct CommandResult: Sendable, Equatable {
    /// What happens once the answer is out.
    enum Aftermath: Sendable, Equatable { case reboot, factoryReset }

    var body: String
    var succeeded: Bool
    var aftermath: Aftermath?

    static func success(_ body: String, then aftermath: Aftermath? = nil) -> Self {
        Self(body: body, succeeded: true, aftermath: aftermath)
    }

    static func error(_ body: String) -> Self {
        Self(body: body, succeeded: false)
    }

    /// The answer of the call operations.
    static func operation(accepted: Bool) -> Self {
        accepted ? success(GuideAnswers.done) : error(GuideAnswers.refused)
    }
}

/// Carries the guide's functions out on a device. The passcode has been checked before, and the family has `function`.
struct GuideInterpreter {
    let query: CommandQuery
    let now: Date
    let context: CallContext

    func carryOut(_ function: GuideFunction, on device: inout DeviceModel) -> CommandResult {
        switch function {
        case .lineStatus:
            .success(GuideAnswers.lineStatus(device.stations[0], behaviour: context.behaviour))
        case .phoneStatus:
            .success(GuideAnswers.phoneStatus(device.stations[0], behaviour: context.behaviour))
        case .phoneOperation: phoneOperation(&device)
        case .accountStatus: accountStatus(device)
        case .handsetStatus, .handsetLineStatus: handset(function, device)
        case .makeCall: makeCall(&device)
        case .deviceOperation: deviceOperation(&device)
        case .sendKey: sendKey(&device)
        case .systemOperation: systemOperation(device)
        }
    }

    // MARK: Status of a base

    private func accountStatus(_ device: DeviceModel) -> CommandResult {
        guard let account = query.number("account"), DeviceModel.accounts.contains(account) else {
            return .error(GuideAnswers.failed)
        }
        return .success(
            GuideAnswers.accountStatus(
                account,
                handset: device.handsetPlaces.contains(account) ? account : 1,
                registered: context.behaviour.registered && account <= device.stations.count))
    }

    private func handset(_ function: GuideFunction, _ device: DeviceModel) -> CommandResult {
        guard let handset = query.number("hs"), device.handsetPlaces.contains(handset) else {
            return .error(GuideAnswers.failed)
        }
        let station = device.station(ofHandset: handset).map { device.stations[$0] }
        return .success(
            function == .handsetStatus
                ? GuideAnswers.handsetStatus(handset, station: station, behaviour: context.behaviour)
                : GuideAnswers.handsetLineStatus(handset, station: station, behaviour: context.behaviour))
    }

    // MARK: Calls

    private func makeCall(_ device: inout DeviceModel) -> CommandResult {
        let number = (query["phonenumber"] ?? "").filter { $0 != " " }
        let isDialable = !number.isEmpty && number.allSatisfy { $0.isASCIIDigit || "+*#".contains($0) }
        guard context.behaviour.takesMakeCall, context.behaviour.registered, isDialable else {
            return .error(GuideAnswers.invalidRequest)
        }
        if device.family == .gxp, query["account"] != nil, query.number("account") != 0 {
            return .error(GuideAnswers.invalidRequest)
        }
        guard let index = device.station(ofHandset: device.family == .gxp ? nil : query.number("hs")) else {
            return .error(GuideAnswers.refused)
        }
        guard !device.stations[index].keypadLocked else { return .error(GuideAnswers.invalidRequest) }
        guard let line = device.stations[index].idleLine else { return .error(GuideAnswers.refused) }
        device.stations[index].dial(number, on: line, origin: .makeCall, at: now, in: context)
        return .success(GuideAnswers.callMade)
    }

    private func phoneOperation(_ device: inout DeviceModel) -> CommandResult {
        guard let operation = query["cmd"].flatMap(LineOperation.init(rawValue:)), operation != .unholdcall else {
            return .operation(accepted: false)
        }
        var line: Int?
        if query["arg"] != nil {
            guard let number = query.number("arg") else { return .operation(accepted: false) }
            line = number - 1
        }
        return .operation(
            accepted: device.stations[0].perform(operation, on: line, togglesHold: true, at: now, in: context))
    }

    private func deviceOperation(_ device: inout DeviceModel) -> CommandResult {
        guard let index = device.station(ofHandset: query.number("hs")), let command = query["cmd"] else {
            return .operation(accepted: false)
        }
        if let operation = LineOperation(rawValue: command) {
            guard let line = query.number("line") else { return .operation(accepted: false) }
            return .operation(
                accepted: device.stations[index].perform(
                    operation, on: line - 1, togglesHold: false, at: now, in: context))
        }
        let onCall = device.stations[index].lines.contains { $0.state == .connected }
        switch command {
        case "setdnd": device.stations[index].doNotDisturb = true
        case "unsetdnd": device.stations[index].doNotDisturb = false
        case "mute" where onCall: device.stations[index].muted.toggle()
        case "speaker" where onCall: device.stations[index].speaker = true
        default: return .operation(accepted: false)
        }
        return .operation(accepted: true)
    }

    // MARK: Keys and the system

    private func sendKey(_ device: inout DeviceModel) -> CommandResult {
        guard
            let index = device.station(ofHandset: device.family == .gxp ? nil : query.number("hs")),
            let list = query["keys"], !list.isEmpty
        else { return .error(GuideAnswers.unknown) }
        var keys: [PhoneKey] = []
        for word in list.split(separator: ":", omittingEmptySubsequences: false) {
            let key = PhoneKey(
                word: String(word), family: device.family, lines: device.stations[index].lines.count,
                strict: context.behaviour.strictKeys)
            guard let key else { return .error(GuideAnswers.unknown) }
            keys.append(key)
        }
        device.stations[index].enqueue(keys, at: now, in: context)
        return .success(GuideAnswers.complete)
    }

    private func systemOperation(_ device: DeviceModel) -> CommandResult {
        switch query["request"] {
        case "REBOOT": .success(GuideAnswers.reboot(device.family), then: .reboot)
        case "RESET": .success(GuideAnswers.reset, then: .factoryReset)
        default: .error(GuideAnswers.unknown)
        }
    }
}
