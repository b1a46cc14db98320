# The action's image: one static binary and the certificates to trust. Releases publish it, and point action.yml at its digest;
# a checkout of main builds it on every run. Nothing here needs BuildKit. `scripts/build-image` builds it, also without Docker.
FROM rust:1.95.0-slim-bookworm@sha256:d7482085ff5b415f84dba5647ae71606650bdef00db7aeb69f4b3d170c3e4082 AS build
WORKDIR /src
# Static against glibc, whose allocator is faster than musl's. Cargo must be told the target by name, or the
# flags would also reach build scripts and procedural macros.
ENV RUSTFLAGS='-C target-feature=+crt-static'

# The dependencies, in a layer that stays until they change.
COPY Cargo.toml Cargo.lock ./
RUN mkdir -p src benches/check benches/load \
 && echo 'fn main() {}' | tee src/main.rs benches/check/main.rs >benches/load/main.rs \
 && touch src/lib.rs \
 && cargo build --locked --release --bin planseal --target "$(uname -m)-unknown-linux-gnu"

# The program. Files keep the times that they have outside, so cargo would take the empty ones above for the newer.
COPY src src
COPY policies policies
RUN touch src/lib.rs src/main.rs \
 && cargo build --locked --release --bin planseal --target "$(uname -m)-unknown-linux-gnu" \
 && mkdir -p rootfs/etc/ssl/certs \
 && cp "target/$(uname -m)-unknown-linux-gnu/release/planseal" rootfs/planseal \
 && cp /etc/ssl/certs/ca-certificates.crt rootfs/etc/ssl/certs/

# No USER: the runner's files belong to another user, and only root may write them. No WORKDIR: the runner sets it.
FROM scratch
LABEL org.opencontainers.image.title="planseal" \
      org.opencontainers.image.description="Tells you, before terraform apply, whether a plan keeps your encryption strategy."
COPY --from=build /src/rootfs/ /
ENTRYPOINT ["/planseal", "action"]
