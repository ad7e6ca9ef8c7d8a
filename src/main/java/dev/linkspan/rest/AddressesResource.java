package dev.linkspan.rest;

import dev.linkspan.link.AddressService;
import dev.linkspan.link.DialedAddress;
import org.springframework.stereotype.Component;

/** The addresses that a trust token made now would carry, and what they are good for. */
@Component
class AddressesResource implements Resource {
    private final AddressService addresses;

    AddressesResource(AddressService addresses) {
        this.addresses = addresses;
    }

    private record Dialed(String address, String reach, String problem) {
        static Dialed of(DialedAddress address) {
            return new Dialed(address.address(), address.reach().wireName(), address.problem());
        }
    }

    @Override
    public void register(Routes routes) {
        routes.on(
                "GET",
                "/1.0/linkspan/addresses",
                request -> Answer.of(addresses.test(request.caller()).stream()
                        .map(Dialed::of)
                        .toList()));
    }
}
