import Foundation
import GRDB
import SystemResources
import Testing

@testable import CampaignStore

@Suite("Errors of SQLite while this computer is short of something") struct ShortageFaultTests {
    @Test(
        "what looks like a file that cannot be opened, a bad disk or a damaged file is a wait while descriptors are short",
        arguments: [ResultCode.SQLITE_CANTOPEN, .SQLITE_IOERR, .SQLITE_CORRUPT, .SQLITE_NOTADB])
    func descriptors(code: ResultCode) throws {
        let error = DatabaseError(resultCode: code)
        for shortage in [ResourceShortage.descriptors, .systemDescriptors] {
            let fault = try #require(StoreFault(error, look: { shortage }))
            #expect(fault == .descriptors)
            #expect(fault.mayPass)
        }
        #expect(StoreFault(error, look: { nil }) != .descriptors)
    }

    @Test("each has its own word where nothing is short")
    func others() {
        let words: [(ResultCode, StoreFault?)] = [
            (.SQLITE_CANTOPEN, .cannotOpen), (.SQLITE_IOERR, .disk), (.SQLITE_CORRUPT, .damaged),
            (.SQLITE_NOTADB, .damaged), (.SQLITE_FULL, .full), (.SQLITE_BUSY, .locked), (.SQLITE_CONSTRAINT, nil),
        ]
        for (code, fault) in words { #expect(StoreFault(DatabaseError(resultCode: code), look: { nil }) == fault) }
    }

    @Test("no memory is a wait, and no fault of the program that ends a run")
    func memory() {
        for code in [ResultCode.SQLITE_NOMEM, .SQLITE_IOERR_NOMEM] {
            let fault = StoreFault(DatabaseError(resultCode: code), look: { nil })
            #expect(fault == .memory)
            #expect(fault?.mayPass == true)
        }
    }

    @Test("a full disk, a lock and missing rights stay what they are, whatever is short beside them")
    func unrelated() {
        let words: [(ResultCode, StoreFault)] = [
            (.SQLITE_FULL, .full), (.SQLITE_BUSY, .locked), (.SQLITE_READONLY, .readOnly),
        ]
        for (code, fault) in words {
            #expect(StoreFault(DatabaseError(resultCode: code), look: { .descriptors }) == fault)
        }
    }
}
