import CampaignStore
import Foundation
import HTTPTypes
import PhoneNumbers
import Supervision

/// Reads numbers that people type, and finds out where they are; the number data is read when the first is typed.
struct TypedNumbers: Sendable {
    let share: ShareData

    /// - Throws: ``Problem`` 422 that says what is wrong with the number.
    func read(_ text: String, region: String) throws -> NewContact.Number {
        guard text.count <= 60 else {
            throw Problem.invalid(["number": "A number has at most 60 characters."])
        }
        let atlas = try share.atlas()
        switch NumberReader(atlas: atlas).read(text, region: region) {
        case .success(let reading): return NewContact.Number(reading, atlas: atlas)
        case .failure(let problem):
            throw Problem.invalid(["number": "“\(text.prefix(40))” \(problem.predicate(region: region))."])
        }
    }
}
