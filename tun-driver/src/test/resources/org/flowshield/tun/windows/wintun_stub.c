/*
 * What wintun.dll, kernel32.dll and iphlpapi.dll do as far as the driver uses them, for Linux: rings, events, rows of
 * devices. Where Windows would crash or damage memory, this counts a misuse instead. The error of a call is left in
 * errno, which is where JNA looks for GetLastError() here.
 *
 * Calls that begin with stub_ are the other side: what the system and the driver do, and what a test wants to know.
 */
#include <errno.h>
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef uint32_t DWORD;
typedef int32_t BOOL;
typedef uint16_t WCHAR;

enum {
    ACCESS_DENIED = 5, INVALID_HANDLE = 6, INVALID_DATA = 13, HANDLE_EOF = 38, INVALID_PARAMETER = 87, BUFFER_OVERFLOW = 111,
    ALREADY_EXISTS = 183, NO_MORE_ITEMS = 259, NOT_FOUND = 1168, OBJECT_ALREADY_EXISTS = 5010
};

#define MIN_RING 0x20000u
#define MAX_RING 0x4000000u
#define MAX_PACKET 0xFFFFu

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

/* ------------------------------------------------------------ the rows, as netioapi.h declares them */

typedef union { struct { uint16_t family; uint16_t port; uint8_t address[4]; } v4;
                struct { uint16_t family; uint16_t port; uint32_t flow; uint8_t address[16]; uint32_t scope; } v6;
                uint16_t family; } SOCKADDR_INET;
typedef struct { SOCKADDR_INET Prefix; uint8_t PrefixLength; } IP_ADDRESS_PREFIX;

typedef struct {
    uint16_t Family; uint64_t InterfaceLuid; DWORD InterfaceIndex; DWORD MaxReassemblySize; uint64_t InterfaceIdentifier;
    DWORD MinRouterAdvertisementInterval; DWORD MaxRouterAdvertisementInterval; uint8_t AdvertisingEnabled;
    uint8_t ForwardingEnabled; uint8_t WeakHostSend; uint8_t WeakHostReceive; uint8_t UseAutomaticMetric;
    uint8_t UseNeighborUnreachabilityDetection; uint8_t ManagedAddressConfigurationSupported;
    uint8_t OtherStatefulConfigurationSupported; uint8_t AdvertiseDefaultRoute; DWORD RouterDiscoveryBehavior;
    DWORD DadTransmits; DWORD BaseReachableTime; DWORD RetransmitTime; DWORD PathMtuDiscoveryTimeout;
    DWORD LinkLocalAddressBehavior; DWORD LinkLocalAddressTimeout; DWORD ZoneIndices[16]; DWORD SitePrefixLength;
    DWORD Metric; DWORD NlMtu; uint8_t Connected; uint8_t SupportsWakeUpPatterns; uint8_t SupportsNeighborDiscovery;
    uint8_t SupportsRouterDiscovery; DWORD ReachableTime; uint8_t TransmitOffload; uint8_t ReceiveOffload;
    uint8_t DisableDefaultRoutes;
} MIB_IPINTERFACE_ROW;

typedef struct {
    SOCKADDR_INET Address; uint64_t InterfaceLuid; DWORD InterfaceIndex; DWORD PrefixOrigin; DWORD SuffixOrigin;
    DWORD ValidLifetime; DWORD PreferredLifetime; uint8_t OnLinkPrefixLength; uint8_t SkipAsSource; DWORD DadState;
    DWORD ScopeId; int64_t CreationTimeStamp;
} MIB_UNICASTIPADDRESS_ROW;

typedef struct {
    uint64_t InterfaceLuid; DWORD InterfaceIndex; IP_ADDRESS_PREFIX DestinationPrefix; SOCKADDR_INET NextHop;
    uint8_t SitePrefixLength; DWORD ValidLifetime; DWORD PreferredLifetime; DWORD Metric; DWORD Protocol;
    uint8_t Loopback; uint8_t AutoconfigureAddress; uint8_t Publish; uint8_t Immortal; DWORD Age; DWORD Origin;
} MIB_IPFORWARD_ROW2;

/* Where the compiler puts a field; -1 for one that is not asked for. */
int stub_layout(int what) {
    switch (what) {
        case 0: return sizeof(MIB_IPINTERFACE_ROW);
        case 1: return offsetof(MIB_IPINTERFACE_ROW, Family);
        case 2: return offsetof(MIB_IPINTERFACE_ROW, InterfaceLuid);
        case 3: return offsetof(MIB_IPINTERFACE_ROW, RouterDiscoveryBehavior);
        case 4: return offsetof(MIB_IPINTERFACE_ROW, DadTransmits);
        case 5: return offsetof(MIB_IPINTERFACE_ROW, SitePrefixLength);
        case 6: return offsetof(MIB_IPINTERFACE_ROW, NlMtu);
        case 10: return sizeof(MIB_UNICASTIPADDRESS_ROW);
        case 11: return offsetof(MIB_UNICASTIPADDRESS_ROW, InterfaceLuid);
        case 12: return offsetof(MIB_UNICASTIPADDRESS_ROW, OnLinkPrefixLength);
        case 13: return offsetof(MIB_UNICASTIPADDRESS_ROW, DadState);
        case 20: return sizeof(MIB_IPFORWARD_ROW2);
        case 21: return offsetof(MIB_IPFORWARD_ROW2, InterfaceLuid);
        case 22: return offsetof(MIB_IPFORWARD_ROW2, DestinationPrefix);
        case 23: return offsetof(MIB_IPFORWARD_ROW2, DestinationPrefix) + offsetof(IP_ADDRESS_PREFIX, PrefixLength);
        case 24: return offsetof(MIB_IPFORWARD_ROW2, NextHop);
        case 25: return offsetof(MIB_IPFORWARD_ROW2, Metric);
        case 26: return offsetof(MIB_IPFORWARD_ROW2, Protocol);
        case 30: return sizeof(SOCKADDR_INET);
        default: return -1;
    }
}

/* ------------------------------------------------------------ kernel32: events */

#define MAX_EVENTS 256
typedef struct { int open, manual, set; } event;
static event events[MAX_EVENTS];

static uint64_t event_handle(event *e) { return 0x1000 + 4 * (uint64_t)(e - events); }

static event *event_of(uint64_t handle) {
    uint64_t i = (handle - 0x1000) / 4;
    return handle >= 0x1000 && i < MAX_EVENTS && events[i].open ? &events[i] : NULL;
}

static event *new_event(int manual, int set) {
    for (int i = 0; i < MAX_EVENTS; i++) {
        if (!events[i].open) {
            events[i] = (event){1, manual, set};
            return &events[i];
        }
    }
    return NULL;
}

uint64_t CreateEventW(const void *security, BOOL manual, BOOL initial, const WCHAR *name) {
    pthread_mutex_lock(&lock);
    event *e = security || name ? NULL : new_event(manual, initial);
    pthread_mutex_unlock(&lock);
    errno = e ? 0 : INVALID_PARAMETER;
    return e ? event_handle(e) : 0;
}

BOOL SetEvent(uint64_t handle) {
    pthread_mutex_lock(&lock);
    event *e = event_of(handle);
    if (e) {
        e->set = 1;
        pthread_cond_broadcast(&changed);
    }
    pthread_mutex_unlock(&lock);
    errno = e ? 0 : INVALID_HANDLE;
    return e != NULL;
}

BOOL CloseHandle(uint64_t handle) {
    pthread_mutex_lock(&lock);
    event *e = event_of(handle);
    if (e) e->open = 0;
    pthread_mutex_unlock(&lock);
    errno = e ? 0 : INVALID_HANDLE;
    return e != NULL;
}

DWORD WaitForMultipleObjects(DWORD count, const uint64_t *handles, BOOL all, DWORD millis) {
    if (all || millis != 0xFFFFFFFFu) {
        errno = INVALID_PARAMETER; /* not needed by the driver */
        return 0xFFFFFFFFu;
    }
    pthread_mutex_lock(&lock);
    for (;;) {
        for (DWORD i = 0; i < count; i++) {
            event *e = event_of(handles[i]);
            if (!e) {
                pthread_mutex_unlock(&lock);
                errno = INVALID_HANDLE;
                return 0xFFFFFFFFu;
            }
            if (e->set) {
                if (!e->manual) e->set = 0;
                pthread_mutex_unlock(&lock);
                return i;
            }
        }
        pthread_cond_wait(&changed, &lock);
    }
}

/* ------------------------------------------------------------ wintun: adapters and rings */

/* A packet in a ring: its size, what became of it, and the bytes, which never wrap: the ring has a tail for that. */
typedef struct { DWORD size; DWORD state; uint8_t data[]; } packet;
enum { FILLING = 1, READY, TAKEN, RELEASED };

typedef struct {
    uint8_t *bytes;
    DWORD capacity, release, head, tail; /* released up to, taken up to, filled up to */
} ring;

#define MAX_ADAPTERS 64
typedef struct { int open, created; WCHAR name[128]; uint8_t guid[16]; uint64_t luid; } adapter;
static adapter adapters[MAX_ADAPTERS];

typedef struct {
    int open, terminating, damaged, alertable;
    adapter *of;
    ring to_program, to_driver;
    event *wait;
    DWORD next_size; /* what the size is said to be of the next packet, if not 0 */
} session;
static session sessions[MAX_ADAPTERS];

static int64_t misuses, taken_packets, released_packets;
static uint64_t next_luid = 0x35000000000000ull;
static DWORD running_version = 14;
static DWORD refuse_create, refuse_session;
static void (*logger)(int level, uint64_t timestamp, const WCHAR *message);

static DWORD space_of(DWORD size) { return (DWORD)sizeof(packet) + ((size + 3u) & ~3u); }

static int new_ring(ring *r, DWORD capacity) {
    *r = (ring){malloc(capacity + sizeof(packet) + MAX_PACKET + 4), capacity, 0, 0, 0};
    return r->bytes != NULL;
}

static packet *at(ring *r, DWORD offset) { return (packet *)(r->bytes + (offset & (r->capacity - 1))); }

/* Room at the end for a packet of this size, whose bytes are still to come. */
static packet *allocate(ring *r, DWORD size) {
    DWORD space = space_of(size);
    if (space > r->capacity - (r->tail - r->release) - 4) return NULL;
    packet *p = at(r, r->tail);
    p->size = size;
    p->state = FILLING;
    r->tail += space;
    return p;
}

static packet *find(ring *r, const uint8_t *data, DWORD state) {
    for (DWORD o = r->release; o != r->tail; o += space_of(at(r, o)->size)) {
        packet *p = at(r, o);
        if (p->data == data) return p->state == state ? p : NULL;
    }
    return NULL;
}

static void release_front(ring *r) {
    while (r->release != r->head && at(r, r->release)->state == RELEASED) {
        packet *p = at(r, r->release);
        DWORD space = space_of(p->size);
        memset(p->data, 0xDD, p->size); /* who still reads it, sees that it is gone */
        r->release += space;
    }
}

static adapter *adapter_of(uint64_t handle) {
    uint64_t i = handle - 0x20000;
    return i < MAX_ADAPTERS && adapters[i].open ? &adapters[i] : NULL;
}

static session *session_of(uint64_t handle) {
    uint64_t i = handle - 0x30000;
    if (i < MAX_ADAPTERS && sessions[i].open) return &sessions[i];
    misuses++; /* on Windows: memory that was freed */
    return NULL;
}

static void copy_name(WCHAR *to, const WCHAR *from) {
    int i = 0;
    for (; i < 127 && from[i]; i++) to[i] = from[i];
    to[i] = 0;
}

static adapter *named(const WCHAR *name) {
    for (int i = 0; i < MAX_ADAPTERS; i++) {
        int c = 0;
        while (adapters[i].open && adapters[i].name[c] == name[c] && name[c]) c++;
        if (adapters[i].open && adapters[i].created && adapters[i].name[c] == name[c]) return &adapters[i];
    }
    return NULL;
}

static adapter *new_adapter(void) {
    for (int i = 0; i < MAX_ADAPTERS; i++) {
        if (!adapters[i].open) {
            memset(&adapters[i], 0, sizeof(adapter));
            adapters[i].open = 1;
            return &adapters[i];
        }
    }
    return NULL;
}

uint64_t WintunCreateAdapter(const WCHAR *name, const WCHAR *type, const uint8_t *guid) {
    pthread_mutex_lock(&lock);
    DWORD error = refuse_create;
    adapter *a = NULL;
    if (!error && named(name)) error = ALREADY_EXISTS;
    if (!error && (a = new_adapter())) {
        a->created = 1;
        copy_name(a->name, name);
        memcpy(a->guid, guid, 16);
        a->luid = next_luid++;
    }
    if (logger) {
        static const WCHAR made[] = {'M', 'a', 'd', 'e', '\n', 0};
        logger(a ? 0 : 2, 0, made);
    }
    (void)type;
    pthread_mutex_unlock(&lock);
    errno = (int)error;
    return a ? 0x20000 + (uint64_t)(a - adapters) : 0;
}

uint64_t WintunOpenAdapter(const WCHAR *name) {
    pthread_mutex_lock(&lock);
    adapter *a = named(name) ? new_adapter() : NULL;
    pthread_mutex_unlock(&lock);
    errno = a ? 0 : NOT_FOUND;
    return a ? 0x20000 + (uint64_t)(a - adapters) : 0;
}

void WintunCloseAdapter(uint64_t handle) {
    pthread_mutex_lock(&lock);
    adapter *a = adapter_of(handle);
    if (!a) misuses++;
    for (int i = 0; a && i < MAX_ADAPTERS; i++) misuses += sessions[i].open && sessions[i].of == a;
    if (a) a->open = 0;
    pthread_mutex_unlock(&lock);
}

void WintunGetAdapterLUID(uint64_t handle, uint64_t *luid) {
    pthread_mutex_lock(&lock);
    adapter *a = adapter_of(handle);
    if (a) *luid = a->luid; else misuses++;
    pthread_mutex_unlock(&lock);
}

DWORD WintunGetRunningDriverVersion(void) {
    errno = running_version ? 0 : 2;
    return running_version;
}

#ifndef ANOTHER_VERSION
void WintunSetLogger(void (*new_logger)(int, uint64_t, const WCHAR *)) { logger = new_logger; }
#endif

uint64_t WintunStartSession(uint64_t handle, DWORD capacity) {
    if (capacity < MIN_RING || capacity > MAX_RING || (capacity & (capacity - 1))) {
        errno = INVALID_PARAMETER;
        return 0;
    }
    pthread_mutex_lock(&lock);
    adapter *a = adapter_of(handle);
    uint64_t started = 0;
    if (!a) misuses++;
    for (int i = 0; a && !refuse_session && !started && i < MAX_ADAPTERS; i++) {
        if (sessions[i].open) continue;
        memset(&sessions[i], 0, sizeof(session));
        sessions[i].open = 1;
        sessions[i].of = a;
        sessions[i].wait = new_event(0, 0);
        new_ring(&sessions[i].to_program, capacity);
        new_ring(&sessions[i].to_driver, capacity);
        started = 0x30000 + (uint64_t)i;
    }
    pthread_mutex_unlock(&lock);
    errno = started ? 0 : (int)(refuse_session ? refuse_session : ALREADY_EXISTS);
    return started;
}

void WintunEndSession(uint64_t handle) {
    pthread_mutex_lock(&lock);
    session *s = session_of(handle);
    if (s) {
        ring *r = &s->to_program;
        for (DWORD o = r->release; o != r->head; o += space_of(at(r, o)->size)) misuses += at(r, o)->state == TAKEN;
        r = &s->to_driver;
        for (DWORD o = r->release; o != r->tail; o += space_of(at(r, o)->size)) misuses += at(r, o)->state == FILLING;
        free(s->to_program.bytes);
        free(s->to_driver.bytes);
        s->wait->open = 0;
        s->open = 0;
    }
    pthread_mutex_unlock(&lock);
}

uint64_t WintunGetReadWaitEvent(uint64_t handle) {
    pthread_mutex_lock(&lock);
    session *s = session_of(handle);
    uint64_t wait = s ? event_handle(s->wait) : 0;
    pthread_mutex_unlock(&lock);
    return wait;
}

uint8_t *WintunReceivePacket(uint64_t handle, DWORD *size) {
    pthread_mutex_lock(&lock);
    session *s = session_of(handle);
    packet *p = NULL;
    int error = 0;
    if (!s || s->terminating) {
        error = HANDLE_EOF;
    } else if (s->damaged) {
        error = INVALID_DATA;
    } else if (s->to_program.head == s->to_program.tail) {
        error = NO_MORE_ITEMS;
        s->alertable = 1; /* only now the driver will ring: who waits without having looked, waits for ever */
    } else {
        p = at(&s->to_program, s->to_program.head);
        s->to_program.head += space_of(p->size);
        p->state = TAKEN;
        taken_packets++;
        *size = s->next_size ? s->next_size : p->size;
        if (s->next_size == 0xFFFFFFF0u) *size = 0;
        s->next_size = 0;
    }
    pthread_mutex_unlock(&lock);
    errno = error;
    return p ? p->data : NULL;
}

void WintunReleaseReceivePacket(uint64_t handle, const uint8_t *data) {
    pthread_mutex_lock(&lock);
    session *s = session_of(handle);
    packet *p = s ? find(&s->to_program, data, TAKEN) : NULL;
    if (p) {
        p->state = RELEASED;
        released_packets++;
        release_front(&s->to_program);
    } else {
        misuses++;
    }
    pthread_mutex_unlock(&lock);
}

uint8_t *WintunAllocateSendPacket(uint64_t handle, DWORD size) {
    pthread_mutex_lock(&lock);
    session *s = session_of(handle);
    packet *p = NULL;
    int error = 0;
    if (!s || s->terminating) {
        error = HANDLE_EOF;
    } else if (size > MAX_PACKET) {
        misuses++;
        error = INVALID_PARAMETER;
    } else if (!(p = allocate(&s->to_driver, size))) {
        error = BUFFER_OVERFLOW;
    }
    pthread_mutex_unlock(&lock);
    errno = error;
    return p ? p->data : NULL;
}

void WintunSendPacket(uint64_t handle, const uint8_t *data) {
    pthread_mutex_lock(&lock);
    session *s = session_of(handle);
    packet *p = s ? find(&s->to_driver, data, FILLING) : NULL;
    if (p) {
        p->state = READY;
        pthread_cond_broadcast(&changed);
    } else {
        misuses++;
    }
    pthread_mutex_unlock(&lock);
}

/* ------------------------------------------------------------ iphlpapi */

#define MAX_ROWS 16
static MIB_IPINTERFACE_ROW set_interfaces[MAX_ROWS];
static MIB_UNICASTIPADDRESS_ROW set_addresses[MAX_ROWS];
static int interface_count, address_count, settings_after, without_ipv6;
static DWORD refuse_address;

void InitializeIpInterfaceEntry(MIB_IPINTERFACE_ROW *row) {
    memset(row, 0, sizeof *row);
    row->UseAutomaticMetric = 0xFF;
}

DWORD GetIpInterfaceEntry(MIB_IPINTERFACE_ROW *row) {
    pthread_mutex_lock(&lock);
    int known = 0;
    for (int i = 0; i < MAX_ADAPTERS; i++) known |= adapters[i].open && adapters[i].luid == row->InterfaceLuid;
    int ipv6 = row->Family == 23;
    DWORD error = 0;
    if (row->Family != 2 && !ipv6) error = INVALID_PARAMETER;
    else if (!known || (ipv6 && without_ipv6) || settings_after > 0) error = NOT_FOUND;
    if (settings_after > 0) settings_after--;
    if (!error) {
        row->UseAutomaticMetric = 1;
        row->RouterDiscoveryBehavior = ipv6 ? 1 : 2;
        row->DadTransmits = ipv6 ? 1 : 3;
        row->SitePrefixLength = 64;
        row->NlMtu = 65535;
        row->BaseReachableTime = 30000;
    }
    pthread_mutex_unlock(&lock);
    return error;
}

DWORD SetIpInterfaceEntry(MIB_IPINTERFACE_ROW *row) {
    pthread_mutex_lock(&lock);
    DWORD error = 0;
    if (row->Family == 2 && row->SitePrefixLength != 0) error = INVALID_PARAMETER;
    else if (row->BaseReachableTime != 30000) error = INVALID_PARAMETER; /* not what was read */
    else set_interfaces[interface_count++ % MAX_ROWS] = *row;
    pthread_mutex_unlock(&lock);
    return error;
}

void InitializeUnicastIpAddressEntry(MIB_UNICASTIPADDRESS_ROW *row) {
    memset(row, 0, sizeof *row);
    row->PrefixOrigin = 16;
    row->SuffixOrigin = 16;
    row->ValidLifetime = 0xFFFFFFFFu;
    row->PreferredLifetime = 0xFFFFFFFFu;
    row->DadState = 1;
}

DWORD CreateUnicastIpAddressEntry(const MIB_UNICASTIPADDRESS_ROW *row) {
    pthread_mutex_lock(&lock);
    DWORD error = refuse_address;
    int ipv6 = row->Address.family == 23;
    if (!error && !ipv6 && row->Address.family != 2) error = INVALID_PARAMETER;
    if (!error && row->OnLinkPrefixLength > (ipv6 ? 128 : 32)) error = INVALID_PARAMETER;
    if (!error && row->ValidLifetime != 0xFFFFFFFFu) error = INVALID_PARAMETER;
    if (!error) set_addresses[address_count++ % MAX_ROWS] = *row;
    pthread_mutex_unlock(&lock);
    return error;
}

/* ------------------------------------------------------------ the other side */

/* The session of the only open adapter. */
static session *the_session(void) {
    for (int i = 0; i < MAX_ADAPTERS; i++) {
        if (sessions[i].open) return &sessions[i];
    }
    return NULL;
}

/* The system sends a packet through the device: 1, or 0 if the ring is full or there is no session. */
int stub_inject(const uint8_t *data, DWORD size) {
    pthread_mutex_lock(&lock);
    session *s = the_session();
    packet *p = s ? allocate(&s->to_program, size) : NULL;
    if (p) {
        memcpy(p->data, data, size);
        p->state = READY;
        if (s->alertable) {
            s->alertable = 0;
            s->wait->set = 1;
            pthread_cond_broadcast(&changed);
        }
    }
    pthread_mutex_unlock(&lock);
    return p != NULL;
}

/* What the driver is given next: its size, 0 if there is none, or -1 if there is no session. */
int stub_take(uint8_t *data, DWORD room) {
    pthread_mutex_lock(&lock);
    session *s = the_session();
    int size = s ? 0 : -1;
    if (s && s->to_driver.release != s->to_driver.tail) {
        ring *r = &s->to_driver;
        packet *p = at(r, r->release);
        if (p->state == READY && p->size <= room) {
            size = (int)p->size;
            memcpy(data, p->data, p->size);
            r->release += space_of(p->size);
            r->head = r->release;
        }
    }
    pthread_mutex_unlock(&lock);
    return size;
}

/* The next packet that is received is said to have this size; 0xFFFFFFF0 stands for 0. */
void stub_lie_about_size(DWORD size) {
    pthread_mutex_lock(&lock);
    session *s = the_session();
    if (s) s->next_size = size;
    pthread_mutex_unlock(&lock);
}

/* 1: somebody removed the adapter; 2: the ring is damaged. */
void stub_break(int how) {
    pthread_mutex_lock(&lock);
    session *s = the_session();
    if (s) {
        s->terminating = how == 1;
        s->damaged = how == 2;
        s->wait->set = 1;
        pthread_cond_broadcast(&changed);
    }
    pthread_mutex_unlock(&lock);
}

/* Closes the event that a reader waits for under its hand, so that waiting fails. */
void stub_break_wait(void) {
    pthread_mutex_lock(&lock);
    session *s = the_session();
    if (s) s->wait->open = 0;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
}

void stub_log(int level, const WCHAR *message) { logger(level, 0, message); }

/* Sets what is refused, and with what. */
void stub_set(int what, DWORD value) {
    pthread_mutex_lock(&lock);
    switch (what) {
        case 0: refuse_create = value; break;
        case 1: refuse_session = value; break;
        case 2: running_version = value; break;
        case 3: refuse_address = value; break;
        case 4: settings_after = (int)value; break;
        case 5: without_ipv6 = (int)value; break;
    }
    pthread_mutex_unlock(&lock);
}

int64_t stub_count(int what) {
    pthread_mutex_lock(&lock);
    int64_t count = 0;
    switch (what) {
        case 0: count = misuses; break;
        case 1: count = taken_packets; break;
        case 2: count = released_packets; break;
        case 3: for (int i = 0; i < MAX_ADAPTERS; i++) count += adapters[i].open; break;
        case 4: for (int i = 0; i < MAX_ADAPTERS; i++) count += sessions[i].open; break;
        case 5: for (int i = 0; i < MAX_EVENTS; i++) count += events[i].open; break;
        case 6: count = interface_count; break;
        case 7: count = address_count; break;
        case 8: { session *s = the_session(); count = s ? s->to_program.capacity : 0; break; }
        case 9: { session *s = the_session(); count = s ? (int64_t)s->of->luid : 0; break; }
        case 10: { session *s = the_session(); count = s ? s->alertable : 0; break; }
    }
    pthread_mutex_unlock(&lock);
    return count;
}

static void read_address(const SOCKADDR_INET *from, uint8_t *to) {
    memcpy(to, from->family == 2 ? from->v4.address : from->v6.address, from->family == 2 ? 4 : 16);
}

/* The nth interface that was set: family, automatic metric, router discovery, probes, site prefix, MTU; and its LUID. */
uint64_t stub_interface(int n, DWORD *fields) {
    MIB_IPINTERFACE_ROW *row = &set_interfaces[n];
    DWORD values[] = {row->Family, row->UseAutomaticMetric, row->RouterDiscoveryBehavior, row->DadTransmits,
        row->SitePrefixLength, row->NlMtu};
    memcpy(fields, values, sizeof values);
    return row->InterfaceLuid;
}

/* The nth address that was set: family, prefix length, state, flow information or 0; its bytes; and its LUID. */
uint64_t stub_address(int n, DWORD *fields, uint8_t *address) {
    MIB_UNICASTIPADDRESS_ROW *row = &set_addresses[n];
    DWORD values[] = {row->Address.family, row->OnLinkPrefixLength, row->DadState,
        row->Address.family == 23 ? row->Address.v6.flow : 0};
    memcpy(fields, values, sizeof values);
    read_address(&row->Address, address);
    return row->InterfaceLuid;
}

/* Forgets rows and refusals, and what was counted. */
void stub_reset(void) {
    pthread_mutex_lock(&lock);
    interface_count = address_count = settings_after = without_ipv6 = 0;
    refuse_create = refuse_session = refuse_address = 0;
    running_version = 14;
    misuses = taken_packets = released_packets = 0;
    pthread_mutex_unlock(&lock);
}
