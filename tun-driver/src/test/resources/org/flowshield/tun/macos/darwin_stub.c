/*
 * What the C library and the kernel of macOS do as far as the driver uses them, for Linux: kernel controls, utun
 * devices, the requests that set them up. Each call has the prefix darwin_, takes Darwin's numbers and structures and
 * leaves Darwin's errors in errno. Descriptors are real ones of Linux, so that poll is real.
 *
 * Calls that begin with stub_ are the other side: what the system does, and what a test wants to know.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum {
    D_EPERM = 1, D_ENOENT = 2, D_EINTR = 4, D_EBADF = 9, D_ENOMEM = 12, D_EBUSY = 16, D_EINVAL = 22, D_EAGAIN = 35,
    D_EAFNOSUPPORT = 47, D_ENOBUFS = 55, D_ENOTCONN = 57
};
enum { D_AF_INET = 2, D_AF_INET6 = 30, D_AF_SYSTEM = 32, D_SOCK_DGRAM = 2, D_SYSPROTO_CONTROL = 2, D_AF_SYS_CONTROL = 2 };

/* How much waits in a utun's socket, either way. */
#define QUEUE_BYTES (512 * 1024)
#define CONTROL_ID 7u
#define FIRST_FREE_UNIT 5u /* utun0 to utun3 are the system's own */

/* ------------------------------------------------------------ structures, as Darwin's headers declare them */

struct ctl_info { uint32_t ctl_id; char ctl_name[96]; };
struct sockaddr_ctl {
    uint8_t sc_len, sc_family; uint16_t ss_sysaddr; uint32_t sc_id, sc_unit, sc_reserved[5];
};
struct d_sockaddr_in { uint8_t sin_len, sin_family; uint16_t sin_port; uint8_t sin_addr[4]; char sin_zero[8]; };
struct d_sockaddr_in6 {
    uint8_t sin6_len, sin6_family; uint16_t sin6_port; uint32_t sin6_flowinfo; uint8_t sin6_addr[16]; uint32_t sin6_scope_id;
};
struct d_ifreq { char ifr_name[16]; union { int ifru_mtu; short ifru_flags; struct d_sockaddr_in ifru_addr; } ifr_ifru; };
struct ifaliasreq { char ifra_name[16]; struct d_sockaddr_in ifra_addr, ifra_broadaddr, ifra_mask; };
struct in6_addrlifetime { int64_t ia6t_expire, ia6t_preferred; uint32_t ia6t_vltime, ia6t_pltime; };
struct in6_aliasreq {
    char ifra_name[16]; struct d_sockaddr_in6 ifra_addr, ifra_dstaddr, ifra_prefixmask; int ifra_flags;
    struct in6_addrlifetime ifra_lifetime;
};

#define D_IOC(inout, group, number, type) \
    ((uint64_t)(inout) | ((uint64_t)(sizeof(type) & 0x1fff) << 16) | ((uint64_t)(group) << 8) | (uint64_t)(number))
#define D_IOW(g, n, t) D_IOC(0x80000000u, g, n, t)
#define D_IOWR(g, n, t) D_IOC(0xC0000000u, g, n, t)

static const uint64_t CTLIOCGINFO = D_IOWR('N', 3, struct ctl_info);
static const uint64_t SIOCSIFFLAGS = D_IOW('i', 16, struct d_ifreq);
static const uint64_t SIOCGIFFLAGS = D_IOWR('i', 17, struct d_ifreq);
static const uint64_t SIOCAIFADDR = D_IOW('i', 26, struct ifaliasreq);
static const uint64_t SIOCAIFADDR_IN6 = D_IOW('i', 26, struct in6_aliasreq);
static const uint64_t SIOCSIFMTU = D_IOW('i', 52, struct d_ifreq);

/* Sizes and numbers as the compiler makes them of the declarations. */
uint64_t stub_layout(int what) {
    switch (what) {
        case 0: return sizeof(struct ctl_info);
        case 1: return sizeof(struct sockaddr_ctl);
        case 2: return sizeof(struct d_ifreq);
        case 3: return sizeof(struct ifaliasreq);
        case 4: return sizeof(struct in6_aliasreq);
        case 10: return CTLIOCGINFO;
        case 11: return SIOCSIFFLAGS;
        case 12: return SIOCGIFFLAGS;
        case 13: return SIOCAIFADDR;
        case 14: return SIOCAIFADDR_IN6;
        case 15: return SIOCSIFMTU;
        default: return 0;
    }
}

/* ------------------------------------------------------------ descriptors */

typedef struct item { struct item *next; size_t size; uint8_t bytes[]; } item;
typedef struct { item *first, **last; size_t bytes; } queue;
enum kind { UNKNOWN = 0, CONTROL, INET, INET6, PIPE };

#define MAX_DESCRIPTORS 4096
typedef struct {
    enum kind kind;
    int nonblocking, close_on_exec;
    uint32_t unit; /* of a utun that is connected, else 0 */
    int removed, mtu, flags;
    queue to_program, to_system;
} descriptor;
static descriptor descriptors[MAX_DESCRIPTORS];

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int64_t misuses;
static int refuse_connect, refuse_address, refuse_write, refuse_read, refuse_poll, without_ipv6, without_utun;
static struct in6_aliasreq last_alias6;
static struct ifaliasreq last_alias;
static int alias_count, alias6_count;

static int fail(int error) {
    errno = error;
    return -1;
}

static descriptor *known(int fd) {
    if (fd >= 0 && fd < MAX_DESCRIPTORS && descriptors[fd].kind != UNKNOWN) return &descriptors[fd];
    misuses++;
    return NULL;
}

static void clear(queue *q) {
    while (q->first) {
        item *i = q->first;
        q->first = i->next;
        free(i);
    }
    q->last = &q->first;
    q->bytes = 0;
}

static int append(queue *q, const void *bytes, size_t size) {
    if (q->bytes + size > QUEUE_BYTES) return 0;
    item *i = malloc(sizeof(item) + size);
    if (!i) return 0;
    i->next = NULL;
    i->size = size;
    memcpy(i->bytes, bytes, size);
    *q->last = i;
    q->last = &i->next;
    q->bytes += size;
    return 1;
}

/* Takes the first out: its size, of which at most room bytes are copied; -1 if there is none. */
static int64_t take_first(queue *q, void *to, size_t room) {
    item *i = q->first;
    if (!i) return -1;
    size_t size = i->size < room ? i->size : room;
    memcpy(to, i->bytes, size);
    q->first = i->next;
    if (!q->first) q->last = &q->first;
    q->bytes -= i->size;
    free(i);
    return (int64_t)size;
}

static int add(int fd, enum kind kind) {
    if (fd < 0 || fd >= MAX_DESCRIPTORS) return fail(D_ENOMEM);
    descriptors[fd] = (descriptor){.kind = kind};
    clear(&descriptors[fd].to_program);
    clear(&descriptors[fd].to_system);
    return fd;
}

static descriptor *device_named(const char *name) {
    char expected[16];
    for (int i = 0; i < MAX_DESCRIPTORS; i++) {
        if (descriptors[i].kind != CONTROL || !descriptors[i].unit) continue;
        snprintf(expected, sizeof expected, "utun%u", descriptors[i].unit - 1);
        if (strncmp(expected, name, sizeof expected) == 0) return &descriptors[i];
    }
    return NULL;
}

static descriptor *device_of_unit(uint32_t unit) {
    for (int i = 0; i < MAX_DESCRIPTORS; i++) {
        if (descriptors[i].kind == CONTROL && descriptors[i].unit == unit) return &descriptors[i];
    }
    return NULL;
}

/* The eventfd counts what waits in the queue, so that it is readable as long as something does. */
static void signal_one(int fd) {
    uint64_t one = 1;
    if (write(fd, &one, sizeof one) != sizeof one) misuses++;
}

/* ------------------------------------------------------------ calls */

int darwin_socket(int domain, int type, int protocol) {
    pthread_mutex_lock(&lock);
    int fd;
    if (type != D_SOCK_DGRAM) fd = fail(D_EINVAL);
    else if (domain == D_AF_SYSTEM && protocol == D_SYSPROTO_CONTROL)
        fd = add(eventfd(0, EFD_SEMAPHORE | EFD_NONBLOCK | EFD_CLOEXEC), CONTROL);
    else if (domain == D_AF_INET && protocol == 0) fd = add(eventfd(0, EFD_CLOEXEC), INET);
    else if (domain == D_AF_INET6 && protocol == 0 && !without_ipv6) fd = add(eventfd(0, EFD_CLOEXEC), INET6);
    else fd = fail(D_EAFNOSUPPORT);
    pthread_mutex_unlock(&lock);
    return fd;
}

int darwin_connect(int fd, const struct sockaddr_ctl *address, uint32_t length) {
    pthread_mutex_lock(&lock);
    descriptor *d = known(fd);
    int error = 0;
    if (!d || d->kind != CONTROL || d->unit) error = D_EBADF;
    else if (length != sizeof *address || address->sc_len != sizeof *address || address->sc_family != D_AF_SYSTEM
             || address->ss_sysaddr != D_AF_SYS_CONTROL || address->sc_id != CONTROL_ID) error = D_EINVAL;
    else if (refuse_connect) error = refuse_connect;
    else {
        uint32_t unit = address->sc_unit;
        if (unit == 0) for (unit = FIRST_FREE_UNIT; device_of_unit(unit); unit++) { }
        if (unit < FIRST_FREE_UNIT || device_of_unit(unit)) error = D_EBUSY;
        else {
            d->unit = unit;
            d->mtu = 1500;
            d->flags = 0x8010 - 0x10000;
        }
    }
    pthread_mutex_unlock(&lock);
    return error ? fail(error) : 0;
}

int darwin_getsockopt(int fd, int level, int option, char *value, uint32_t *length) {
    pthread_mutex_lock(&lock);
    descriptor *d = known(fd);
    int error = 0;
    if (!d || !d->unit || level != D_SYSPROTO_CONTROL || option != 2) error = D_EINVAL;
    else *length = (uint32_t)snprintf(value, *length, "utun%u", d->unit - 1) + 1;
    pthread_mutex_unlock(&lock);
    return error ? fail(error) : 0;
}

static int set_address(struct ifaliasreq *alias) {
    struct d_sockaddr_in *all[] = {&alias->ifra_addr, &alias->ifra_broadaddr, &alias->ifra_mask};
    for (int i = 0; i < 3; i++) {
        if (all[i]->sin_len != sizeof *all[i] || all[i]->sin_family != D_AF_INET || all[i]->sin_port) return D_EINVAL;
    }
    if (!device_named(alias->ifra_name)) return D_ENOENT;
    if (refuse_address) return refuse_address;
    last_alias = *alias;
    alias_count++;
    return 0;
}

static int set_address6(struct in6_aliasreq *alias) {
    struct d_sockaddr_in6 *both[] = {&alias->ifra_addr, &alias->ifra_prefixmask};
    for (int i = 0; i < 2; i++) {
        if (both[i]->sin6_len != sizeof *both[i] || both[i]->sin6_family != D_AF_INET6 || both[i]->sin6_scope_id
            || both[i]->sin6_flowinfo) return D_EINVAL;
    }
    if (alias->ifra_dstaddr.sin6_len || alias->ifra_dstaddr.sin6_family) return D_EINVAL;
    if (alias->ifra_lifetime.ia6t_vltime != 0xFFFFFFFFu || alias->ifra_lifetime.ia6t_pltime != 0xFFFFFFFFu
        || alias->ifra_lifetime.ia6t_expire || alias->ifra_lifetime.ia6t_preferred) return D_EINVAL;
    if (!device_named(alias->ifra_name)) return D_ENOENT;
    if (refuse_address) return refuse_address;
    last_alias6 = *alias;
    alias6_count++;
    return 0;
}

static int request_on_device(uint64_t request, struct d_ifreq *r) {
    descriptor *device = device_named(r->ifr_name);
    if (!device) return D_ENOENT;
    if (request == SIOCSIFMTU) device->mtu = r->ifr_ifru.ifru_mtu;
    else if (request == SIOCGIFFLAGS) r->ifr_ifru.ifru_flags = (short)device->flags;
    else device->flags = r->ifr_ifru.ifru_flags;
    return 0;
}

int darwin_ioctl(int fd, unsigned long request, ...) {
    va_list list;
    va_start(list, request);
    void *argument = va_arg(list, void *);
    va_end(list);
    pthread_mutex_lock(&lock);
    descriptor *d = known(fd);
    int error;
    if (!d) error = D_EBADF;
    else if (request == CTLIOCGINFO && d->kind == CONTROL) {
        struct ctl_info *info = argument;
        error = without_utun || strcmp(info->ctl_name, "com.apple.net.utun_control") != 0 ? D_ENOENT : 0;
        if (!error) info->ctl_id = CONTROL_ID;
    } else if (request == SIOCAIFADDR && d->kind == INET) error = set_address(argument);
    else if (request == SIOCAIFADDR_IN6 && d->kind == INET6) error = set_address6(argument);
    else if ((request == SIOCSIFMTU || request == SIOCGIFFLAGS || request == SIOCSIFFLAGS) && d->kind == INET)
        error = request_on_device(request, argument);
    else error = D_EINVAL;
    pthread_mutex_unlock(&lock);
    return error ? fail(error) : 0;
}

int darwin_fcntl(int fd, int command, ...) {
    va_list list;
    va_start(list, command);
    int value = va_arg(list, int);
    va_end(list);
    pthread_mutex_lock(&lock);
    descriptor *d = known(fd);
    int error = 0;
    if (!d) error = D_EBADF;
    else if (command == 2 && value == 1) d->close_on_exec = 1;
    else if (command == 4 && value == 4) {
        d->nonblocking = 1;
        if (d->kind == PIPE) fcntl(fd, F_SETFL, O_NONBLOCK);
    } else error = D_EINVAL;
    pthread_mutex_unlock(&lock);
    return error ? fail(error) : 0;
}

int darwin_pipe(int *ends) {
    if (pipe2(ends, O_CLOEXEC) != 0) return fail(D_ENOMEM);
    pthread_mutex_lock(&lock);
    add(ends[0], PIPE);
    add(ends[1], PIPE);
    pthread_mutex_unlock(&lock);
    return 0;
}

int darwin_close(int fd) {
    pthread_mutex_lock(&lock);
    descriptor *d = known(fd);
    if (d) {
        int lasting = d->kind == PIPE || d->unit;
        if (lasting && (!d->nonblocking || !d->close_on_exec) && !refuse_connect) misuses++;
        clear(&d->to_program);
        clear(&d->to_system);
        d->kind = UNKNOWN;
        close(fd);
    }
    pthread_mutex_unlock(&lock);
    return d ? 0 : fail(D_EBADF);
}

int64_t darwin_read(int fd, void *to, uint64_t room) {
    pthread_mutex_lock(&lock);
    descriptor *d = known(fd);
    int64_t got;
    int error = 0;
    if (!d || d->kind != CONTROL || !d->unit) {
        error = D_EBADF;
        got = -1;
    } else if (refuse_read) {
        error = refuse_read;
        refuse_read = 0;
        got = -1;
    } else if ((got = take_first(&d->to_program, to, room)) >= 0) {
        uint64_t one;
        if (read(fd, &one, sizeof one) != sizeof one) misuses++;
    } else if (d->removed) {
        got = 0;
    } else {
        error = D_EAGAIN;
        if (!d->nonblocking) misuses++; /* it would have blocked */
    }
    pthread_mutex_unlock(&lock);
    if (got < 0) errno = error;
    return got;
}

int64_t darwin_write(int fd, const void *from, uint64_t length) {
    pthread_mutex_lock(&lock);
    descriptor *d = known(fd);
    int64_t written = (int64_t)length;
    int error = 0;
    if (!d) error = D_EBADF;
    else if (d->kind == PIPE) written = write(fd, from, length);
    else if (d->kind != CONTROL || !d->unit) error = D_EBADF;
    else if (d->removed) error = D_ENOTCONN;
    else if (refuse_write) error = refuse_write;
    else if (length < 4) error = D_EINVAL;
    else if (!append(&d->to_system, from, length)) error = D_ENOBUFS;
    pthread_mutex_unlock(&lock);
    if (error) errno = error;
    return error ? -1 : written;
}

int darwin_poll(struct pollfd *fds, unsigned int count, int timeout) {
    pthread_mutex_lock(&lock);
    for (unsigned int i = 0; i < count; i++) known(fds[i].fd);
    int error = refuse_poll;
    refuse_poll = 0;
    pthread_mutex_unlock(&lock);
    if (error) return fail(error);
    int ready = poll(fds, count, timeout);
    if (ready < 0) errno = errno == EINTR ? D_EINTR : D_EINVAL;
    return ready;
}

const char *darwin_strerror(int error) {
    switch (error) {
        case D_EPERM: return "Operation not permitted";
        case D_EBADF: return "Bad file descriptor";
        case D_ENOBUFS: return "No buffer space available";
        case D_ENOTCONN: return "Socket is not connected";
        default: return "Another error";
    }
}

/* ------------------------------------------------------------ the other side */

static int the_device(void) {
    for (int i = 0; i < MAX_DESCRIPTORS; i++) {
        if (descriptors[i].kind == CONTROL && descriptors[i].unit) return i;
    }
    return -1;
}

/* The system sends what it is given, with the four bytes of the family: 1, or 0 if the queue is full. */
int stub_inject(const uint8_t *bytes, uint32_t size) {
    pthread_mutex_lock(&lock);
    int fd = the_device();
    int sent = fd >= 0 && append(&descriptors[fd].to_program, bytes, size);
    if (sent) signal_one(fd);
    pthread_mutex_unlock(&lock);
    return sent;
}

/* What the system is given next, with the four bytes of the family; 0 if there is nothing. */
int stub_take(uint8_t *to, uint32_t room) {
    pthread_mutex_lock(&lock);
    int fd = the_device();
    int64_t size = fd >= 0 ? take_first(&descriptors[fd].to_system, to, room) : -1;
    pthread_mutex_unlock(&lock);
    return size < 0 ? 0 : (int)size;
}

/* Somebody removed the device. */
void stub_remove(void) {
    pthread_mutex_lock(&lock);
    int fd = the_device();
    if (fd >= 0) {
        descriptors[fd].removed = 1;
        signal_one(fd);
    }
    pthread_mutex_unlock(&lock);
}

/* Sets what is refused, and with what. */
void stub_set(int what, int value) {
    pthread_mutex_lock(&lock);
    switch (what) {
        case 0: refuse_connect = value; break;
        case 1: refuse_address = value; break;
        case 2: refuse_write = value; break;
        case 3: refuse_read = value; break;
        case 4: refuse_poll = value; break;
        case 5: without_ipv6 = value; break;
        case 6: without_utun = value; break;
    }
    pthread_mutex_unlock(&lock);
}

int64_t stub_count(int what) {
    pthread_mutex_lock(&lock);
    int64_t count = 0;
    int fd = the_device();
    switch (what) {
        case 0: count = misuses; break;
        case 1: for (int i = 0; i < MAX_DESCRIPTORS; i++) count += descriptors[i].kind != UNKNOWN; break;
        case 2: count = fd >= 0 ? descriptors[fd].mtu : 0; break;
        case 3: count = fd >= 0 ? descriptors[fd].flags : 0; break;
        case 4: count = alias_count; break;
        case 5: count = alias6_count; break;
        case 6: count = last_alias6.ifra_flags; break;
    }
    pthread_mutex_unlock(&lock);
    return count;
}

/* The last IPv4 address that was set: address, far address and mask. */
void stub_alias(uint8_t *twelve) {
    memcpy(twelve, last_alias.ifra_addr.sin_addr, 4);
    memcpy(twelve + 4, last_alias.ifra_broadaddr.sin_addr, 4);
    memcpy(twelve + 8, last_alias.ifra_mask.sin_addr, 4);
}

/* The last IPv6 address that was set, and its mask. */
void stub_alias6(uint8_t *thirtytwo) {
    memcpy(thirtytwo, last_alias6.ifra_addr.sin6_addr, 16);
    memcpy(thirtytwo + 16, last_alias6.ifra_prefixmask.sin6_addr, 16);
}

void stub_reset(void) {
    pthread_mutex_lock(&lock);
    misuses = 0;
    refuse_connect = refuse_address = refuse_write = refuse_read = refuse_poll = without_ipv6 = without_utun = 0;
    alias_count = alias6_count = 0;
    memset(&last_alias, 0, sizeof last_alias);
    memset(&last_alias6, 0, sizeof last_alias6);
    pthread_mutex_unlock(&lock);
}
