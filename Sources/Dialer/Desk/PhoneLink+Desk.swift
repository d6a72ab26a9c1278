import Campaigns
import GrandstreamCTI

extension PhoneLink {
    /// Carries out a command of the station's agent; hanging up goes another way.
    func carryOut(_ command: LineCommand, _ station: StationSetup, line: Int?) async -> CommandResult {
        await queue.run(.command) {
            await result {
                switch command {
                case .hangUp: break
                case .keys(let digits):
                    try await client.send(Key.digits(from: digits), handset: station.handset)
                case .press(let key):
                    if let operation = key.operation, let handset = station.handset {
                        try await client.perform(operation, handset: handset)
                    } else if let key = key.key {
                        try await client.send([key], handset: station.handset)
                    }
                case .hold, .resume, .accept, .reject, .end:
                    try await operate(command, station, line: line)
                }
            }
        }
    }

    private func operate(_ command: LineCommand, _ station: StationSetup, line: Int?) async throws {
        if let handset = station.handset {
            let operation: DeviceOperation =
                switch command {
                case .resume: .unholdcall
                case .accept: .acceptcall
                case .reject: .rejectcall
                case .end: .endcall
                default: .holdcall
                }
            return try await client.perform(operation, handset: handset, line: line)
        }
        // `holdcall` resumes a held call as well (field notes).
        let operation: PhoneOperation =
            switch command {
            case .accept: .acceptcall
            case .reject: .rejectcall
            case .end: .endcall
            default: .holdcall
            }
        try await client.perform(operation)
    }
}

extension DeskKey {
    /// The key of the guide; nil where there is only an operation.
    var key: Key? {
        switch self {
        case .mute: .mute
        case .speaker: .speaker
        case .headset: .headset
        case .volumeUp: .vup
        case .volumeDown: .vdown
        case .transfer: .xfer
        case .conference: .conf
        case .send: .send
        case .doNotDisturb: .dnd
        case .doNotDisturbOn, .doNotDisturbOff: nil
        }
    }

    /// The operation that a handset has in place of the key.
    var operation: DeviceOperation? {
        switch self {
        case .mute: .mute
        case .speaker: .speaker
        case .doNotDisturbOn: .setdnd
        case .doNotDisturbOff: .unsetdnd
        default: nil
        }
    }
}
